/** The transformation of Box and Cox (1964) with a power from 0 to 1, and its inverse (0 where it has none). */
export const transformed = (value: number, power: number): number =>
  power === 1 ? value : power === 0 ? Math.log(value) : (value ** power - 1) / power

export const restored = (value: number, power: number): number =>
  power === 1 ? value : power === 0 ? Math.exp(value) : Math.max(0, 1 + power * value) ** (1 / power)
