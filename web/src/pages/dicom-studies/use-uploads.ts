import { useCallback, useEffect, useRef, useState } from 'react'
import type { WireUploadResult } from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { uploadFile } from '../../api/dicom/studies.ts'

/** A file on its way into the store. */
export interface Upload {
  readonly key: string
  readonly name: string
  readonly state: 'waiting' | 'sending' | 'done' | 'failed'
  /** Between 0 and 1. */
  readonly sent: number
  readonly problem: string | null
  /** One for each file of an archive. */
  readonly results: readonly WireUploadResult[]
}

export interface Uploads {
  readonly uploads: readonly Upload[]
  readonly add: (files: readonly File[]) => void
  readonly isRunning: boolean
}

/** Uploads one file after the other; what is not sent yet is given up when the component goes. */
export function useUploads(): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const stop = useRef<AbortController>(undefined)
  const waiting = useRef(Promise.resolve())
  const count = useRef(0)

  useEffect(() => {
    const made = new AbortController()
    stop.current = made
    return () => made.abort()
  }, [])

  const add = useCallback((files: readonly File[]): void => {
    const change = (key: string, parts: Partial<Upload>): void =>
      setUploads((before) => before.map((one) => (one.key === key ? { ...one, ...parts } : one)))
    const send = async (file: File, key: string): Promise<void> => {
      const signal = stop.current?.signal
      if (signal === undefined || signal.aborted) return
      change(key, { state: 'sending' })
      try {
        const { results } = await uploadFile(file, (sent) => change(key, { sent }), signal)
        change(key, { state: 'done', results })
      } catch (error) {
        change(key, { state: 'failed', problem: error instanceof Error ? error.message : String(error) })
      }
    }
    for (const file of files) {
      count.current += 1
      const key = `upload-${count.current}`
      const fresh: Upload = { key, name: file.name, state: 'waiting', sent: 0, problem: null, results: [] }
      setUploads((before) => [...before, fresh])
      waiting.current = waiting.current.then(() => send(file, key))
    }
  }, [])
  const isRunning = uploads.some(({ state }) => state === 'waiting' || state === 'sending')
  return { uploads, add, isRunning }
}

/** What came of all uploads together; a file that failed as a whole counts as refused. */
export function countResults(
  uploads: readonly Pick<Upload, 'state' | 'results'>[],
): Readonly<Record<'stored' | 'duplicates' | 'refused' | 'skipped', number>> {
  const results = uploads.flatMap((upload) => upload.results)
  const count = (outcome: WireUploadResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length
  return {
    stored: count('stored'),
    duplicates: count('duplicate'),
    refused: count('refused') + uploads.filter(({ state }) => state === 'failed').length,
    skipped: count('skipped'),
  }
}
