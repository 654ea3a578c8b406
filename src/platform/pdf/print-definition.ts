import { createRequire } from 'node:module'
import { fontFiles } from './fonts.ts'
import type { Definition } from './lay-out-document.ts'

/** The part of pdfmake that is used; its own types would bring those of browsers into the server. */
type PdfMake = {
  setFonts(fonts: unknown): void
  setUrlAccessPolicy(allows: (url: string) => boolean): void
  setLocalAccessPolicy(allows: (path: string) => boolean): void
  createPdf(definition: unknown): { getBuffer(): Promise<Buffer> }
}

/** Raised in place of losing content; see {@link refuseToLoseContent}. */
export class BlockTooTallError extends Error {}

/**
 * Turns a definition into PDF bytes. Loads pdfmake and blocks its thread: for workers only.
 *
 * @throws BlockTooTallError when something to be kept together is higher than a page
 */
export async function printDefinition(definition: Definition): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = await loadPdfMake().createPdf(definition).getBuffer()
  return new Uint8Array(buffer)
}

let loaded: PdfMake | undefined

function loadPdfMake(): PdfMake {
  if (loaded) return loaded
  const require = createRequire(import.meta.url)
  const pdfmake: PdfMake = require('pdfmake')
  const fonts = fontFiles()
  const paths = new Set(Object.values(fonts).flatMap((cuts) => Object.values(cuts)))
  pdfmake.setFonts(fonts)
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => paths.has(path))
  refuseToLoseContent(require('pdfmake/js/PageElementWriter').default.prototype)
  loaded = pdfmake
  return pdfmake
}

type PageWriter = { _fitOnPage(this: PageWriter, place: () => unknown): unknown }

/**
 * What fits on no page (a block that must not be broken, a row, a repeated header) pdfmake 0.3 leaves out without a
 * word. Here that raises an error, and the document is laid out again without keeping anything together.
 */
function refuseToLoseContent(writer: PageWriter): void {
  const { _fitOnPage } = writer
  writer._fitOnPage = function (place): unknown {
    const position = _fitOnPage.call(this, place)
    if (!position) throw new BlockTooTallError('A block is higher than a page.')
    return position
  }
}
