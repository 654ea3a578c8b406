import type { FastifyRequest } from 'fastify'
import type { VoiWindow } from '../../modules/dicom/domain/voi-window.ts'
import type { PictureWish, Viewport } from '../../modules/dicom/threads/stored-file-task.ts'
import { HttpProblem } from './http-problem.ts'

const LARGEST_SIDE = 16_384
const THUMBNAIL: Viewport = { width: 128, height: 128 }

/** `window quality viewport annotation` of a picture (PS3.18 8.3.5.1). */
export function parseRendering(
  request: FastifyRequest,
  kind: 'rendered' | 'thumbnail',
): Omit<PictureWish, 'format' | 'frame'> {
  const query = request.query as Readonly<Record<string, string | readonly string[] | undefined>>
  const text = (name: string) => [query[name]].flat().at(-1)
  const viewport = parseViewport(text('viewport')) ?? (kind === 'thumbnail' ? THUMBNAIL : undefined)
  return {
    ...parseWindow(kind === 'rendered' ? text('window') : undefined),
    ...parseQuality(text('quality')),
    ...(viewport ? { viewport } : {}),
  }
}

const FUNCTIONS: Readonly<Record<string, VoiWindow['function']>> = {
  linear: 'LINEAR',
  'linear-exact': 'LINEAR_EXACT',
  sigmoid: 'SIGMOID',
}

/** `center,width,function` */
export function parseWindow(text: string | undefined): Pick<PictureWish, 'voi'> {
  if (text === undefined || text === '') return {}
  const [center = '', width = '', word = 'linear', ...rest] = text.split(',').map((part) => part.trim())
  const shape = FUNCTIONS[word.toLowerCase()]
  const window = { center: Number(center), width: Number(width) }
  const isWindow = center !== '' && width !== '' && Number.isFinite(window.center + window.width)
  const least = shape === 'LINEAR' ? 1 : Number.MIN_VALUE
  if (!isWindow || !shape || rest.length > 0 || window.width < least)
    throw new HttpProblem(400, 'The window is center,width,function.')
  return { voi: { kind: 'window', window: { ...window, function: shape } } }
}

function parseQuality(text: string | undefined): Pick<PictureWish, 'quality'> {
  if (text === undefined || text === '') return {}
  const quality = Number(text)
  if (!/^\d{1,3}$/.test(text) || quality < 1 || quality > 100)
    throw new HttpProblem(400, 'The quality is a whole number from 1 to 100.')
  return { quality }
}

/** `vw,vh` or `vw,vh,sx,sy,sw,sh`; an empty part is the beginning, or all that is left. */
export function parseViewport(text: string | undefined): Viewport | undefined {
  if (text === undefined || text === '') return undefined
  const words = text.split(',').map((part) => part.trim())
  const numbers = words.map((word) => (word === '' ? undefined : Number(word)))
  const [width, height, x = 0, y = 0, partWidth, partHeight] = numbers
  if (![2, 6].includes(words.length) || !isSide(width) || !isSide(height) || !numbers.every(isFiniteOrAbsent))
    throw new HttpProblem(400, 'The viewport is vw,vh or vw,vh,sx,sy,sw,sh.')
  const view = { width: Math.round(width), height: Math.round(height) }
  if (words.length === 2) return view
  const part = {
    x,
    y,
    width: Math.abs(partWidth ?? Number.MAX_SAFE_INTEGER),
    height: Math.abs(partHeight ?? Number.MAX_SAFE_INTEGER),
  }
  return { ...view, part }
}

function isSide(value: number | undefined): value is number {
  return value !== undefined && value >= 1 && value <= LARGEST_SIDE
}

function isFiniteOrAbsent(value: number | undefined): boolean {
  return value === undefined || Number.isFinite(value)
}
