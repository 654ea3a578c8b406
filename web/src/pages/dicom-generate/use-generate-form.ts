import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { checkFields, generateFile } from '../../api/dicom/generate.ts'
import type { SummaryProblem } from '../../ui/ErrorSummary.tsx'
import { type Entries, FIRST_FIELDS, filledValues } from './field-values.ts'

/** The form for a new file: what was typed, what is wrong with it, what came of it. */
export interface GenerateForm {
  readonly images: readonly File[]
  readonly setImages: (images: readonly File[]) => void
  readonly fileName: string
  readonly setFileName: (name: string) => void
  readonly keywords: readonly string[]
  readonly entries: Entries
  readonly setEntry: (keyword: string, text: string) => void
  readonly add: (keyword: string) => void
  readonly remove: (keyword: string) => void
  /** What the server says of a field, by keyword; also `fileName` and `image`. */
  readonly problemOf: (field: string) => string | undefined
  readonly problems: readonly SummaryProblem[]
  readonly failure: unknown
  readonly isBusy: 'download' | 'preview' | undefined
  /** The file; undefined where something is wrong. */
  readonly make: () => Promise<File | undefined>
  readonly preview: () => Promise<void>
  /** The file as it was when the preview was asked for. */
  readonly made: File | undefined
}

const PAUSE_MS = 250

export function useGenerateForm(): GenerateForm {
  const [images, setImages] = useState<readonly File[]>([])
  const [fileName, setFileName] = useState('')
  const [keywords, setKeywords] = useState<readonly string[]>(FIRST_FIELDS)
  const [entries, setEntries] = useState<Entries>({})
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<unknown>()
  const [isBusy, setBusy] = useState<GenerateForm['isBusy']>()
  const [made, setMade] = useState<File>()
  const checked = useChecked(entries)
  const known = { ...refused, ...checked }

  const run = async (what: 'download' | 'preview'): Promise<File | undefined> => {
    const missing = whatIsMissing(fileName, images)
    setRefused(missing)
    setFailure(undefined)
    if (Object.keys(missing).length + Object.keys(checked).length > 0) return undefined
    setBusy(what)
    try {
      const blob = await generateFile(fileName.trim(), images, filledValues(entries))
      return new File([blob], `${fileName.trim()}.dcm`, { type: 'application/dicom' })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setRefused(Object.fromEntries(error.problems.map(({ field, problem }) => [field, problem])))
      if (error.problems.length === 0) setFailure(error)
      return undefined
    } finally {
      setBusy(undefined)
    }
  }
  const forget = (field: string): void =>
    setRefused((before) => Object.fromEntries(Object.entries(before).filter(([name]) => name !== field)))

  return {
    images,
    setImages: (next) => {
      setImages(next)
      forget('image')
      const name = next[0]?.name.replace(/\.[^.]+$/, '')
      if (fileName === '' && name !== undefined) {
        setFileName(name)
        forget('fileName')
      }
    },
    fileName,
    setFileName: (name) => {
      setFileName(name)
      forget('fileName')
    },
    keywords,
    entries,
    setEntry: (keyword, text) => {
      setEntries({ ...entries, [keyword]: text })
      forget(keyword)
    },
    add: (keyword) => setKeywords(keywords.includes(keyword) ? keywords : [...keywords, keyword]),
    remove: (keyword) => {
      setKeywords(keywords.filter((one) => one !== keyword))
      setEntries(Object.fromEntries(Object.entries(entries).filter(([name]) => name !== keyword)))
    },
    problemOf: (field) => known[field],
    problems: Object.entries(refused).map(([field, text]) => ({
      fieldId: fieldId(field),
      text: `${field}: ${text}`,
    })),
    failure,
    isBusy,
    make: () => run('download'),
    preview: async () => setMade(await run('preview')),
    made,
  }
}

/** The id of the control of a field, to which the list of problems leads. */
export function fieldId(field: string): string {
  return `field-${field}`
}

function whatIsMissing(fileName: string, images: readonly File[]): Readonly<Record<string, string>> {
  return {
    ...(images.length === 0 ? { image: 'Choose a picture.' } : {}),
    ...(fileName.trim() === '' ? { fileName: 'Give the file a name.' } : {}),
  }
}

/** What the server says of the values a moment after the last key. */
function useChecked(entries: Entries): Readonly<Record<string, string>> {
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const asked = useRef<AbortController>(undefined)
  useEffect(() => {
    const stop = new AbortController()
    asked.current?.abort()
    asked.current = stop
    const ask = async (): Promise<void> => {
      try {
        const answer = await checkFields(filledValues(entries), stop.signal)
        setProblems(Object.fromEntries(answer.problems.map(({ field, problem }) => [field, problem])))
      } catch (error) {
        // what cannot be checked now is checked when the file is made
        if (!stop.signal.aborted && !(error instanceof ApiError)) throw error
      }
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [entries])
  return problems
}
