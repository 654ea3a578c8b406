import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type FontMetrics, readFontMetrics } from './font-metrics.ts'

/** Families of every document: Inter, DejaVu for the characters that Inter lacks, DejaVu Sans Mono for identifiers. */
export type FontFamily = 'Inter' | 'DejaVu' | 'Mono'

type FontFiles = {
  readonly normal: string
  readonly bold: string
  readonly italics: string
  readonly bolditalics: string
}

const require = createRequire(import.meta.url)

const inter = (weight: string): string =>
  require.resolve(`@expo-google-fonts/inter/${weight}/Inter_${weight}.ttf`)
const dejavu = (name: string): string => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)

/** Paths of the font files; resolved when asked for, since only the worker needs them. */
export function fontFiles(): Readonly<Record<FontFamily, FontFiles>> {
  return {
    Inter: {
      normal: inter('400Regular'),
      bold: inter('600SemiBold'),
      italics: inter('400Regular_Italic'),
      bolditalics: inter('600SemiBold_Italic'),
    },
    DejaVu: {
      normal: dejavu('DejaVuSans'),
      bold: dejavu('DejaVuSans-Bold'),
      italics: dejavu('DejaVuSans-Oblique'),
      bolditalics: dejavu('DejaVuSans-BoldOblique'),
    },
    Mono: {
      normal: dejavu('DejaVuSansMono'),
      bold: dejavu('DejaVuSansMono-Bold'),
      italics: dejavu('DejaVuSansMono-Oblique'),
      bolditalics: dejavu('DejaVuSansMono-BoldOblique'),
    },
  }
}

let metrics: Readonly<Record<FontFamily, FontMetrics>> | undefined

/** Metrics of the regular cuts; read once a process. */
export function fontMetrics(): Readonly<Record<FontFamily, FontMetrics>> {
  if (!metrics) {
    const files = fontFiles()
    const read = (family: FontFamily): FontMetrics => readFontMetrics(readFileSync(files[family].normal))
    metrics = { Inter: read('Inter'), DejaVu: read('DejaVu'), Mono: read('Mono') }
  }
  return metrics
}
