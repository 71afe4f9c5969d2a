import { styleText } from 'node:util'

/** Data for whoever reads the pipe. */
export const toStdout = (text: string): void => void process.stdout.write(`${text}\n`)

/** Words for the person in front of the terminal. */
export const toStderr = (text: string): void => void process.stderr.write(`${text}\n`)

type Tone = 'bold' | 'dim' | 'red' | 'yellow' | 'green'

/** Colour where the stream is a terminal and NO_COLOR is not set. */
export type Paint = (tone: Tone, text: string) => string
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (tone, text) =>
    styleText(tone, text, { stream })

/** A reader that closed the pipe (`| head`) has what it wanted: that is no error. */
export function acceptBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit()
      throw error
    })
}
