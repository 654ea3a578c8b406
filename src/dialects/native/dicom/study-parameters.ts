import { invalidInput } from '../../../core/refusal.ts'
import {
  CONFIDENTIALITY_OPTIONS,
  type ConfidentialityOption,
} from '../../../modules/dicom/domain/confidentiality-profile.ts'
import type { VoiWindow } from '../../../modules/dicom/domain/voi-window.ts'
import type { ExportWish } from '../../../modules/dicom/export-study.ts'
import type { PictureWish } from '../../../modules/dicom/threads/stored-file-task.ts'
import { wholeNumber } from '../parse-list-query.ts'

/** What the queries and bodies of the image store's pages say. */

export type StudyQuery = {
  readonly bin: boolean
  readonly text?: string
  readonly patientName?: string
  readonly patientId?: string
  readonly description?: string
  readonly accession?: string
  readonly dateFrom?: string
  readonly dateTo?: string
  readonly modalities?: readonly string[]
}

const MOST_CHARACTERS = 200

export function studyQuery(parameters: URLSearchParams): StudyQuery {
  const text = (name: string, key: string = name) => {
    const given = parameters.get(name)?.trim()
    return given ? { [key]: given.slice(0, MOST_CHARACTERS) } : {}
  }
  const modalities = (parameters.get('modality') ?? '').split(',').filter((word) => word !== '')
  return {
    bin: parameters.get('bin') === 'true',
    ...text('q', 'text'),
    ...text('patientName'),
    ...text('patientId'),
    ...text('description'),
    ...text('accession'),
    ...day(parameters, 'dateFrom'),
    ...day(parameters, 'dateTo'),
    ...(modalities.length > 0 ? { modalities: modalities.map(modality) } : {}),
  }
}

function modality(word: string): string {
  if (!/^[A-Z0-9_ ]{1,16}$/.test(word)) throw invalidInput('modality', 'This is no modality.')
  return word
}

function day(
  parameters: URLSearchParams,
  name: 'dateFrom' | 'dateTo',
): { readonly [K in 'dateFrom' | 'dateTo']?: string } {
  const given = parameters.get(name)
  if (!given) return {}
  if (!/^\d{4}-\d\d-\d\d$/.test(given)) throw invalidInput(name, 'This must be a day such as 2026-11-22.')
  return { [name]: given.replaceAll('-', '') }
}

const ORDERS = [
  'studyDate',
  'patientName',
  'patientId',
  'description',
  'accession',
  'storedAt',
  'instanceCount',
] as const

export function studyPage(parameters: URLSearchParams): {
  readonly order: { readonly by: (typeof ORDERS)[number]; readonly direction: 'asc' | 'desc' }
  readonly limit: number
  readonly offset: number
} {
  const given = parameters.get('order') || '-studyDate'
  const by = ORDERS.find((name) => name === given.replace(/^-/, ''))
  if (!by) throw invalidInput('order', `This must be one of ${ORDERS.join(', ')}.`)
  return {
    order: { by, direction: given.startsWith('-') ? 'desc' : 'asc' },
    limit: wholeNumber(parameters, 'limit', 50, 1, 500),
    offset: wholeNumber(parameters, 'offset', 0, 0, 100_000_000),
  }
}

/** A frame as people count them, as it is counted inside. */
export function frameOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalidInput('frame', 'Frames are counted from 1.')
  return Number(text) - 1
}

const FORMATS = ['png', 'jpeg', 'gif'] as const
const FUNCTIONS = ['LINEAR', 'LINEAR_EXACT', 'SIGMOID'] as const

/** `format center width function quality size overlays` of a rendered frame. */
export function pictureWish(parameters: URLSearchParams): PictureWish {
  const word = parameters.get('format') ?? 'png'
  const format = FORMATS.find((known) => known === word)
  if (!format) throw invalidInput('format', 'The format is png, jpeg or gif.')
  const size = parameters.has('size') ? wholeNumber(parameters, 'size', 0, 1, 8192) : undefined
  return {
    format,
    quality: wholeNumber(parameters, 'quality', 90, 1, 100),
    overlays: parameters.get('overlays') === 'true' ? 'draw' : 'leave',
    ...(size === undefined ? {} : { viewport: { width: size, height: size } }),
    ...voiOf(parameters),
  }
}

function voiOf(parameters: URLSearchParams): Pick<PictureWish, 'voi'> {
  const center = parameters.get('center')
  const width = parameters.get('width')
  if (center === null && width === null) return {}
  const window: VoiWindow = {
    center: finite('center', center),
    width: finite('width', width),
    function: FUNCTIONS.find((known) => known === parameters.get('function')) ?? 'LINEAR',
  }
  if (window.width <= 0 || (window.function === 'LINEAR' && window.width < 1))
    throw invalidInput('width', 'The window is too narrow.')
  return { voi: { kind: 'window', window } }
}

function finite(name: string, text: string | null): number {
  const value = Number(text)
  if (text === null || text.trim() === '' || !Number.isFinite(value))
    throw invalidInput(name, 'This must be a number.')
  return value
}

/** The body that asks for copies without identity. */
export function exportWish(body: Readonly<Record<string, unknown>>): Omit<ExportWish, 'method'> {
  const { options = [], pixels = 'refuse-risky', series } = body
  if (pixels !== 'refuse-risky' && pixels !== 'confirmed')
    throw invalidInput('pixels', 'This is refuse-risky or confirmed.')
  return {
    options: texts('options', options).map(confidentialityOption),
    pixels,
    series: series === undefined ? undefined : texts('series', series),
  }
}

function texts(name: string, given: unknown): readonly string[] {
  if (!Array.isArray(given) || given.length > 1000) throw invalidInput(name, 'This must be a list of texts.')
  return given.map((one: unknown) => {
    if (typeof one !== 'string') throw invalidInput(name, 'This must be a list of texts.')
    return one
  })
}

function isOption(text: string): text is ConfidentialityOption {
  return Object.hasOwn(CONFIDENTIALITY_OPTIONS, text)
}

function confidentialityOption(text: string): ConfidentialityOption {
  if (isOption(text)) return text
  throw invalidInput('options', `There is no option ${text}.`)
}

/** Ids of groups in a body or a field of a form. */
export function groupIds(given: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (list.length > 100) throw invalidInput('groups', 'These are too many groups.')
  return list.map((one) => {
    if (!/^\d{1,9}$/.test(String(one))) throw invalidInput('groups', 'Groups are given by their ids.')
    return Number(one)
  })
}
