/**
 * A client in a process of its own, so that it and the server do not wait for each other: so many connections kept open,
 * over which paths are read in turn. `reader.ts PORT SECONDS CONNECTIONS RATE PATH…`; a rate of 0 asks again as soon as it
 * is answered, any other keeps to its clock and counts from when a request was due. Prints one line of JSON.
 */
import { connect } from 'node:net'

const [port, seconds, connections, rate] = process.argv.slice(2, 6).map(Number) as [number, number, number, number]
const paths = process.argv.slice(6)
const times: number[] = []
let errors = 0
const begun = performance.now()
const stop = begun + seconds * 1000
const every = rate === 0 ? 0 : (1000 * connections) / rate

function reads(index: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    let next = index
    let due = begun + (every * index) / connections
    let head = ''
    let left = -1
    const send = (): void => {
      const now = performance.now()
      if (now > stop) {
        socket.destroy()
        resolve()
        return
      }
      if (now < due) {
        setTimeout(send, due - now)
        return
      }
      if (every === 0) due = now
      socket.write(`GET ${paths[next++ % paths.length]} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`)
    }
    socket.on('connect', send)
    socket.on('error', () => {
      errors++
      resolve()
    })
    socket.on('data', (bytes) => {
      if (left >= 0) left -= bytes.length
      else {
        head += bytes.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end === -1) return
        if (!head.startsWith('HTTP/1.1 200 ')) errors++
        left = Number(/^content-length: (\d+)/im.exec(head)![1]) - (head.length - end - 4)
      }
      if (left > 0) return
      times.push(performance.now() - due)
      due += every
      head = ''
      left = -1
      send()
    })
  })
}

await Promise.all(Array.from({ length: connections }, (_, i) => reads(i)))
times.sort((a, b) => a - b)
const at = (p: number): number => times[Math.min(times.length - 1, Math.floor(p * times.length))] ?? Number.NaN
const { user, system } = process.cpuUsage()
const cpu = (user + system) / 1e6 / seconds
console.log(JSON.stringify({ perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), errors, cpu }))
