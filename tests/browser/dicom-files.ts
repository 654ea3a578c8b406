import type { Page } from 'playwright-core'
import { example, exampleImage } from '../../src/modules/dicom/domain/example-files.ts'
import { writeDicomFile } from '../../src/modules/dicom/domain/write-file.ts'

const PIXELS = { rows: 64, columns: 64, bitsAllocated: 16, bitsStored: 12 } as const

/** Stored value everywhere in a picture of {@link ctSlice}; 100 HU. */
const EVEN = 1124

/** A slice of a CT that is even all over, so that whatever is measured in it is known. */
export function ctSlice(number: number, patientName = 'Journey^Jo'): Buffer {
  const samples = Buffer.alloc(PIXELS.rows * PIXELS.columns * 2)
  for (let at = 0; at < samples.length; at += 2) samples.writeUInt16LE(EVEN, at)
  return writeDicomFile(
    exampleImage(PIXELS, samples, [
      example('SOPInstanceUID', `2.25.900${number}`),
      example('StudyInstanceUID', '2.25.9001000'),
      example('SeriesInstanceUID', '2.25.9002000'),
      example('StudyDescription', 'Even phantom'),
      example('SeriesDescription', 'Slices'),
      example('PatientName', patientName),
      example('PatientID', 'JOURNEY-1'),
      example('InstanceNumber', String(number)),
      example('ImagePositionPatient', '0', '0', String(number * 5)),
      example('ImageOrientationPatient', '1', '0', '0', '0', '1', '0'),
      example('PixelSpacing', '2', '2'),
      example('RescaleSlope', '1'),
      example('RescaleIntercept', '-1024'),
      example('WindowCenter', '50'),
      example('WindowWidth', '350'),
      example('BurnedInAnnotation', 'NO'),
    ]),
  )
}

export type DroppedFile = { readonly name: string; readonly content: Buffer }

/** Drops files on whatever says this text, as from a folder of the desktop. */
export async function dropFiles(page: Page, text: string, files: readonly DroppedFile[]): Promise<void> {
  const given = files.map(({ name, content }) => ({ name, base64: content.toString('base64') }))
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    for (const { name, base64 } of ${JSON.stringify(given)}) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      transfer.items.add(new File([bytes], name))
    }
    return transfer
  })()`)
  await page.getByText(text).dispatchEvent('drop', { dataTransfer: transfer })
}

/** Waits until a picture is drawn. */
export async function waitForPicture(page: Page): Promise<void> {
  await page.locator('[role="img"][data-ready="true"]').waitFor()
}
