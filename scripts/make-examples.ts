/**
 * Makes the sample files in `examples/`, always the same: a text, a picture, a report and a DICOM file that the users'
 * documents upload. Run: node scripts/make-examples.ts
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { example, exampleImage, exampleSamples } from '../src/modules/dicom/domain/example-files.ts'
import { encodePng } from '../src/modules/dicom/domain/png.ts'
import { writeDicomFile } from '../src/modules/dicom/domain/write-file.ts'

const FOLDER = join(import.meta.dirname, '..', 'examples')

/** A square radiation field on a film: 128 × 128 grey pixels with soft edges. */
function fieldPicture(): Buffer {
  const size = 128
  const pixels = new Uint8Array(size * size)
  const edge = (position: number) => 1 / (1 + Math.exp((Math.abs(position - (size - 1) / 2) - 40) / 2.5))
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      pixels[row * size + column] = Math.round(20 + 220 * edge(row) * edge(column))
    }
  }
  return encodePng({ rows: size, columns: size, channels: 1, bits: 8, pixels }, { level: 9 })
}

/** One page with a few lines in a font that every reader has (ISO 32000-1, 7.5). */
function reportPdf(lines: readonly string[]): Buffer {
  const text = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n')
  const content = `BT /F1 12 Tf 16 TL 72 760 Td\n${text}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const start = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

/** A short angiographic run of a made-up patient. */
function angiogram(): Buffer {
  const pixels = { rows: 96, columns: 96, bitsAllocated: 8, frames: 4 } as const
  const attributes = [
    example('ImageType', 'DERIVED', 'PRIMARY', 'SINGLE PLANE', 'SINGLE A'),
    example('SOPClassUID', '1.2.840.10008.5.1.4.1.1.12.1'),
    example('SOPInstanceUID', '2.25.95311447282031172823906125117322218001'),
    example('StudyInstanceUID', '2.25.95311447282031172823906125117322218002'),
    example('SeriesInstanceUID', '2.25.95311447282031172823906125117322218003'),
    example('StudyDate', '19941013'),
    example('StudyTime', '141917'),
    example('Modality', 'XA'),
    example('PatientName', 'Rubo DEMO'),
    example('PatientID', '556342B'),
    example('PatientBirthDate', '19951025'),
    example('PatientSex', 'M'),
    example('FrameTime', '33'),
  ]
  return writeDicomFile(exampleImage(pixels, exampleSamples(pixels), attributes))
}

await mkdir(FOLDER, { recursive: true })
await writeFile(join(FOLDER, 'test.txt'), 'hello text\n')
await writeFile(join(FOLDER, 'image.png'), fieldPicture())
await writeFile(
  join(FOLDER, 'some_report.pdf'),
  reportPdf(['Report of an outside test', 'Output of Unit 1, 6 MV: 100.2 %', 'Within tolerance.']),
)
await writeFile(join(FOLDER, 'dicom-file.dcm'), angiogram())
