import { useCallback, useEffect, useRef, useState } from 'react'
import { type ReadFile, readFile } from '../../api/dicom/read-files.ts'

/** Files that were dropped, in the order in which they came. They live as long as the page. */
export interface Reader {
  readonly files: readonly ReadFile[]
  readonly add: (files: readonly File[]) => void
  readonly remove: (key: string) => void
}

export function useReader(): Reader {
  const [files, setFiles] = useState<readonly ReadFile[]>([])
  const readers = useRef(new Map<string, AbortController>())
  const count = useRef(0)
  const waiting = useRef(Promise.resolve())

  const add = useCallback((chosen: readonly File[]): void => {
    for (const file of chosen) {
      count.current += 1
      const key = `file-${count.current}`
      const stop = new AbortController()
      readers.current.set(key, stop)
      const change = (known: ReadFile): void => {
        if (!stop.signal.aborted) setFiles((before) => replaced(before, known))
      }
      // one after the other: the first is looked at while the next is read
      waiting.current = waiting.current.then(() =>
        stop.signal.aborted ? undefined : readFile(file, key, change, stop.signal),
      )
      change({ key, name: file.name, state: 'reading', problem: null, instances: [], skipped: [] })
    }
  }, [])
  const remove = useCallback((key: string): void => {
    readers.current.get(key)?.abort()
    readers.current.delete(key)
    setFiles((before) => before.filter((file) => file.key !== key))
  }, [])
  useEffect(() => {
    const running = readers.current
    return () => {
      for (const stop of running.values()) stop.abort()
    }
  }, [])
  return { files, add, remove }
}

function replaced(files: readonly ReadFile[], known: ReadFile): readonly ReadFile[] {
  return files.some(({ key }) => key === known.key)
    ? files.map((file) => (file.key === known.key ? known : file))
    : [...files, known]
}
