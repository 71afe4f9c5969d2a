import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Job } from '../../src/contract/job.ts'
import { json, until } from './browser.ts'

/** What every picture needs: two runs of the sample, of a period earlier and of now, the second with an override and something accepted. */
export interface Scene {
  readonly url: string
  readonly upload: string
  readonly job: Job
  readonly name: string
}

const post = async <T>(
  url: string,
  body: unknown,
  method = 'POST',
  headers: Record<string, string> = {},
): Promise<T> => {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== null && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

async function run(url: string, body: object): Promise<Job> {
  const { id } = await post<Job>(`${url}/api/v2/jobs`, body)
  return until(async () => {
    const job = await json<Job>(`${url}/api/v2/jobs/${id}`)
    return job.finished_at === null ? null : job
  }, 300)
}

/** The sample as it was a period earlier: each series without its last row. */
function withoutLastPeriod(): string {
  const rows = readFileSync(join(import.meta.dirname, '../../samples/portfolio.csv'), 'utf8')
    .trimEnd()
    .split('\n')
  const nameOf = (row: string | undefined): string | undefined => /^("[^"]*"|[^,]*),/.exec(row ?? '')?.[1]
  return rows.filter((row, i) => i === 0 || nameOf(row) === nameOf(rows[i + 1])).join('\n')
}

async function uploaded(url: string, name: string, text: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([text]), name)
  const response = await fetch(`${url}/api/v2/uploads`, { method: 'POST', body: form })
  if (!response.ok) throw new Error(`upload: ${response.status} ${await response.text()}`)
  const { uploads } = (await response.json()) as { uploads: [{ id: string }] }
  return uploads[0].id
}

export async function setScene(url: string): Promise<Scene> {
  const { id: upload } = await post<{ id: string }>(`${url}/api/v2/uploads/sample`, null)
  const earlier = await uploaded(url, 'portfolio.csv', withoutLastPeriod())
  await run(url, { uploads: [earlier], forecast_steps: 12, name: 'October' })
  const job = await run(url, { uploads: [upload], forecast_steps: 12, name: 'November' })
  const { results } = await json<{ results: { name: string }[] }>(
    `${url}/api/v2/jobs/${job.id}/results?sort=-total&limit=3`,
  )
  const name = results[1]!.name
  const series = `${url}/api/v2/jobs/${job.id}/series/${encodeURIComponent(name)}`
  const detail = await fetch(series)
  const { forecast } = (await detail.json()) as { forecast: { mean: number[] } }
  await post(
    `${series}/overrides`,
    { values: [{ period: 3, value: Math.round(forecast.mean[2]! * 1.15) }], reason: 'Promotion', author: 'A. Bianchi' },
    'PUT',
    { 'if-match': detail.headers.get('etag')! },
  )
  return { url, upload, job, name }
}

const drawn = (page: Page): Promise<void> => page.locator('[data-drawn="true"]').first().waitFor()
const seen = (page: Page, testId: string): Promise<void> => page.getByTestId(testId).first().waitFor()

/** Every screen: where it is, and what is there when it is. */
export const SCREENS: Readonly<Record<string, { at: (scene: Scene) => string; ready: (page: Page) => Promise<void> }>> =
  {
    runs: { at: () => '/', ready: (page) => page.locator('table.jobs').waitFor() },
    upload: { at: ({ upload }) => `/new?uploads=${upload}`, ready: (page) => seen(page, 'understood') },
    check: { at: ({ upload }) => `/new/check?uploads=${upload}`, ready: (page) => seen(page, 'check-totals') },
    configure: { at: ({ upload }) => `/new/configure?uploads=${upload}`, ready: (page) => seen(page, 'estimate') },
    run: { at: ({ job }) => `/runs/${job.id}`, ready: (page) => page.locator('.bars tr').first().waitFor() },
    inbox: { at: ({ job }) => `/runs/${job.id}/review`, ready: (page) => seen(page, 'inbox-row') },
    all: {
      at: ({ job }) => `/runs/${job.id}/review?view=all`,
      ready: (page) => page.locator('.virtual .title').first().waitFor(),
    },
    beside: {
      at: ({ job, name }) => `/runs/${job.id}/review?view=all&series=${encodeURIComponent(name)}`,
      ready: drawn,
    },
    overview: {
      at: ({ job }) => `/runs/${job.id}/review?view=overview`,
      ready: (page) => page.locator('.matrix').waitFor(),
    },
    changes: {
      at: ({ job }) => `/runs/${job.id}/review?view=changes`,
      ready: (page) => page.locator('#against').waitFor(),
    },
    series: { at: ({ job, name }) => `/runs/${job.id}/series/${encodeURIComponent(name)}`, ready: drawn },
    override: {
      at: ({ job, name }) => `/runs/${job.id}/series/${encodeURIComponent(name)}?part=override`,
      ready: async (page) => {
        await drawn(page)
        await seen(page, 'save-override')
      },
    },
    backtest: {
      at: ({ job, name }) => `/runs/${job.id}/series/${encodeURIComponent(name)}?part=backtest`,
      ready: (page) => page.locator('[data-drawn="true"]').nth(1).waitFor(),
    },
    stock: {
      at: ({ job, name }) => `/runs/${job.id}/series/${encodeURIComponent(name)}?part=stock`,
      ready: (page) => seen(page, 'reorder-point'),
    },
    export: { at: ({ job }) => `/runs/${job.id}/export`, ready: (page) => seen(page, 'control') },
    settings: { at: () => '/settings', ready: (page) => page.locator('a[href="/docs"]').waitFor() },
  }
