import { ActionIcon } from '@mantine/core'
import { IconTrash, IconUpload } from '@tabler/icons-react'
import { type DragEvent, type ReactElement, useId, useRef, useState } from 'react'
import classes from './FileDrop.module.css'

export interface FileDropProps {
  readonly label: string
  readonly files: readonly File[]
  readonly onChange: (files: readonly File[]) => void
  /** As the `accept` attribute: `image/*,.dcm`. */
  readonly accept?: string
  readonly multiple?: boolean
  /** Larger files are refused here already. */
  readonly maxBytes?: number
  /** Opens the camera on a tablet or phone. */
  readonly camera?: boolean
  /** One line high, for rows that must not grow. */
  readonly form?: 'box' | 'row'
}

/** Files by dropping, choosing or taking a picture, with a list to take them back. */
export function FileDrop(props: FileDropProps): ReactElement {
  const { files, onChange, multiple = false, form = 'box' } = props
  const [isOver, setOver] = useState(false)
  const [problem, setProblem] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const labelId = useId()

  const take = (list: FileList | null): void => {
    const chosen = [...(list ?? [])]
    const limit = props.maxBytes ?? Number.POSITIVE_INFINITY
    const tooLarge = chosen.filter((file) => file.size > limit)
    const names = tooLarge.map((file) => file.name).join(', ')
    setProblem(tooLarge.length > 0 ? `Larger than ${formatBytes(limit)}: ${names}` : undefined)
    const fitting = chosen.filter((file) => file.size <= limit)
    if (fitting.length > 0) onChange(multiple ? [...files, ...fitting] : fitting.slice(0, 1))
    if (input.current) input.current.value = ''
  }
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }

  return (
    <div className={classes.drop} data-form={form}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same */}
      <div
        className={classes.target}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <button
          type="button"
          className={classes.choose}
          onClick={() => input.current?.click()}
          aria-describedby={labelId}
        >
          <IconUpload size={16} stroke={1.7} aria-hidden="true" />
          {wordFor(props)}
        </button>
        <span id={labelId} className={classes.label}>
          {form === 'row' ? (
            <span className="ts-hidden">{props.label}</span>
          ) : (
            `${props.label}, or drop it here`
          )}
        </span>
        <input
          ref={input}
          type="file"
          hidden
          multiple={multiple}
          accept={props.accept}
          capture={props.camera ? 'environment' : undefined}
          onChange={(event) => take(event.currentTarget.files)}
        />
      </div>
      <ul className={classes.files}>
        {files.map((file, index) => (
          <li key={`${file.name}${file.lastModified}`}>
            <span className={classes.name}>{file.name}</span>
            <span className="ts-dim ts-num">{formatBytes(file.size)}</span>
            <ActionIcon
              size="sm"
              aria-label={`Remove ${file.name}`}
              onClick={() => onChange(files.filter((_, other) => other !== index))}
            >
              <IconTrash size={16} stroke={1.7} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {problem === undefined ? null : (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}

function wordFor({ camera, multiple }: FileDropProps): string {
  if (camera) return 'Add picture'
  return multiple ? 'Choose files' : 'Choose file'
}

/** A size in the largest unit that keeps it above one. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KiB', 'MiB', 'GiB']
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]}`
}
