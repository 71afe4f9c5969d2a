import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import type { EVENTS } from '../../../src/contract/events.ts'
import type { Progress } from '../../../src/contract/job.ts'
import { address, jobPath } from './api.ts'
import { noteNoAnswer } from './server.tsx'

export type SeriesEvent = z.infer<(typeof EVENTS)['series']>

export interface Live {
  readonly progress: Progress | null
  /** The newest first. */
  readonly series: readonly SeriesEvent[]
  readonly models: Readonly<Record<string, number>>
  readonly isConnected: boolean
}

const NOTHING: Live = { progress: null, series: [], models: {}, isConnected: false }
/** Rows that are kept to be shown, and milliseconds between two paintings. */
const KEPT = 200
const PAINT_MS = 200

/** What a run tells while it goes on. The stream is read anew from its beginning after a refresh, so nothing is missed. */
export function useEvents(id: string, isWanted: boolean): Live {
  const client = useQueryClient()
  const [live, setLive] = useState(NOTHING)
  const next = useRef(NOTHING)
  useEffect(() => {
    if (!isWanted) return
    next.current = NOTHING
    const source = new EventSource(address(`${jobPath(id)}/events`))
    const note = (change: Partial<Live>): void => {
      next.current = { ...next.current, ...change }
    }
    const on = <T>(kind: string, take: (data: T) => void): void =>
      source.addEventListener(kind, (event) => take(JSON.parse((event as MessageEvent<string>).data) as T))
    source.onopen = () => note({ isConnected: true })
    source.onerror = () => {
      note({ isConnected: false })
      // a stream that has ended is told from a server that is away by asking
      if (source.readyState === EventSource.CONNECTING) fetch('/livez').catch(noteNoAnswer)
      client.invalidateQueries({ queryKey: ['job', id] })
    }
    on<Progress>('progress', (progress) => note({ progress }))
    on<SeriesEvent>('series', (row) => {
      const { series, models } = next.current
      const counted = row.model === null ? models : { ...models, [row.model]: (models[row.model] ?? 0) + 1 }
      note({
        series: [row, ...series.filter(({ position }) => position !== row.position)].slice(0, KEPT),
        models: counted,
      })
    })
    on('state', () => {
      client.invalidateQueries({ queryKey: ['job', id] })
    })
    const timer = setInterval(() => setLive(next.current), PAINT_MS)
    return () => {
      clearInterval(timer)
      source.close()
    }
  }, [id, isWanted, client])
  return live
}
