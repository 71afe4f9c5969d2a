/** Milliseconds of a route: the median of five; the first of a run is slow. */
async function timed(url: string): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const begun = performance.now()
    const response = await fetch(url)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${response.status} ${url}`)
    times.push(performance.now() - begun)
  }
  return times.sort((a, b) => a - b)[2]!
}

const QUICK = ['summary', 'results?limit=100', 'results?limit=100&sort=-value', 'results?limit=100&q=99'] as const
const LONG = ['exports/csv', 'exports/json', 'profiles', 'exports/xlsx', 'exports/html'] as const

/** What the screens of a planner ask of a finished job. */
export async function plannerRoutes(job: string): Promise<string> {
  const lines: string[] = []
  for (const path of [...QUICK, 'exceptions?limit=100', 'series/part%2011', ...LONG])
    lines.push(`${path} ${(await timed(`${job}/${path}`)).toFixed(0)}`)
  return lines.join(', ')
}
