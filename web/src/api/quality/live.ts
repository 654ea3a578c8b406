import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { API_ROOT } from '../client.ts'
import { QUALITY_KEY } from './reports.ts'

/** Many metrics are measured in the same cycle: they are read together. */
const GATHER_MS = 400

/**
 * Reads again what the page shows when the server says that reports or measurements changed. What is shown stays
 * until the new answer is there.
 *
 * @returns whether the server is connected
 */
export function useLiveReports(reportId?: string): boolean {
  const client = useQueryClient()
  const [isConnected, setConnected] = useState(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const events = new EventSource(
      `${API_ROOT}/quality/events${reportId === undefined ? '' : `?report=${reportId}`}`,
    )
    const readAgain = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey: QUALITY_KEY })
      }, GATHER_MS)
    }
    let wasLost = false
    events.onopen = () => {
      setConnected(true)
      // whatever happened in between was not told
      if (wasLost) readAgain()
      wasLost = false
    }
    events.onerror = () => {
      wasLost = true
      setConnected(false)
    }
    events.addEventListener('report', readAgain)
    events.addEventListener('metric', readAgain)
    return () => {
      clearTimeout(timer)
      events.close()
    }
  }, [client, reportId])
  return isConnected
}
