import type { OnProgress } from '../modules/backup/backup-source.ts'

const LINE_EVERY_MS = 5000
const REDRAW_EVERY_MS = 100

/** Shows how far a long command is, on standard error: one line that changes on a terminal, plain lines elsewhere. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): {
  readonly onProgress: OnProgress
  readonly end: () => void
} {
  let what = ''
  let shownAt = 0
  const every = stream.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS
  return {
    onProgress: (progress) => {
      const now = performance.now()
      if (progress.what === what && now - shownAt < every) return
      what = progress.what
      shownAt = now
      const line = progress.total > 1 ? `${what}: ${progress.done} of ${progress.total}` : what
      stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
    },
    end: () => {
      if (stream.isTTY && what !== '') stream.write('\r\u001b[K')
    },
  }
}

/** 1536 → `1.5 KiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1024 ** power
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`
}
