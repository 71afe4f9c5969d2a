/** `serviceLevel` is `service_level`: names in files are written as the guide prints them. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
