import type { SheetColumn } from './sheet.ts'
import { columnName, xmlText } from './xlsx-cell.ts'
import type { ZipPart } from './zip-writer.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The small files around the one sheet (ECMA-376 part 1, 18.2 and 18.8; part 2, 9 and 10). */
export function workbookParts(columns: readonly SheetColumn[], sheetName: string): readonly ZipPart[] {
  return [
    { name: '[Content_Types].xml', content: CONTENT_TYPES },
    { name: '_rels/.rels', content: relations([['officeDocument', 'xl/workbook.xml']]) },
    { name: 'xl/workbook.xml', content: workbook(sheetName) },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/styles.xml', content: styleSheet(columns) },
  ]
}

const CONTENT_TYPES =
  `${XML}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>` +
  '</Types>'

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const list = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${DOCUMENT}/${type}" Target="${target}"/>`,
  )
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`
}

function workbook(sheetName: string): string {
  const sheet = `<sheet name="${xmlText(validSheetName(sheetName))}" sheetId="1" r:id="rId1"/>`
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${sheet}</sheets></workbook>`
}

/** At most 31 characters, none of which means something in a reference, no apostrophe at its ends. */
export function validSheetName(name: string): string {
  const allowed = name.replaceAll(/[[\]:*?/\\\p{Cc}]/gu, ' ').trim()
  return (
    [...allowed]
      .slice(0, 31)
      .join('')
      .replaceAll(/^'+|'+$/g, '')
      .trim() || 'Sheet1'
  )
}

/** Style 0 is plain, 1 the header; the columns' own follow in the order of their first use. */
const FIRST_OWN_STYLE = 2

/** Index of the style of a column's cells. */
export function styleOf(column: SheetColumn, columns: readonly SheetColumn[]): number {
  const format = formatOf(column)
  return format === 'General' ? 0 : FIRST_OWN_STYLE + ownFormats(columns).indexOf(format)
}

function ownFormats(columns: readonly SheetColumn[]): readonly string[] {
  return [...new Set(columns.map(formatOf))].filter((format) => format !== 'General')
}

function formatOf({ kind, decimals }: SheetColumn): string {
  if (kind === 'day') return 'yyyy\\-mm\\-dd'
  if (kind === 'instant') return 'yyyy\\-mm\\-dd\\ hh:mm:ss'
  if (kind === 'text') return '@'
  if (kind !== 'number' || decimals === undefined) return 'General'
  return decimals <= 0 ? '0' : `0.${'0'.repeat(Math.min(decimals, 15))}`
}

/** Numbers of own formats begin here; those below are built in. */
const FIRST_FORMAT = 164

function styleSheet(columns: readonly SheetColumn[]): string {
  const own = ownFormats(columns)
  const formats = own.map(
    (format, index) => `<numFmt numFmtId="${FIRST_FORMAT + index}" formatCode="${xmlText(format)}"/>`,
  )
  const cells = own.map(
    (_, index) =>
      `<xf numFmtId="${FIRST_FORMAT + index}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  )
  const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
  const header =
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>'
  const plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
  const tint =
    '<fill><patternFill patternType="solid"><fgColor rgb="FFF3F4F6"/><bgColor indexed="64"/></patternFill></fill>'
  return [
    `${XML}<styleSheet xmlns="${MAIN}">`,
    own.length > 0 ? `<numFmts count="${own.length}">${formats.join('')}</numFmts>` : '',
    `<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>`,
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    `${tint}</fills>`,
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${own.length + FIRST_OWN_STYLE}">${plain}${header}${cells.join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  ].join('')
}

/** Everything of the sheet before its rows: the frozen header and the widths. */
export function sheetStart(columns: readonly SheetColumn[]): string {
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  const widths = columns.map((column, index) => {
    const style = styleOf(column, columns)
    return `<col min="${index + 1}" max="${index + 1}" width="${widthOf(column)}" customWidth="1" style="${style}"/>`
  })
  return [
    `${XML}<worksheet xmlns="${MAIN}">`,
    `<sheetViews><sheetView workbookViewId="0">${pane}<selection pane="bottomLeft"/></sheetView></sheetViews>`,
    `<sheetFormatPr defaultRowHeight="15"/>${columns.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>`,
  ].join('')
}

export function sheetEnd(columns: number, lastRow: number): string {
  const filter = columns > 0 ? `<autoFilter ref="A1:${columnName(columns - 1)}${lastRow}"/>` : ''
  return `</sheetData>${filter}</worksheet>`
}

const WIDTHS = { text: 24, number: 12, day: 12, instant: 20, boolean: 8 } as const

function widthOf({ width, kind, title }: SheetColumn): number {
  return Math.min(80, Math.max(4, width ?? Math.max(WIDTHS[kind], [...title].length + 3)))
}
