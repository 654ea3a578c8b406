import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { FilePreview, WireFile } from '../../../../src/dialects/native/research/research.schema.ts'
import { previewQuery } from '../../api/research/files.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/FileDrop.tsx'
import { Panel } from '../../ui/Panel.tsx'
import classes from './research.module.css'
import { TablePlot } from './TablePlot.tsx'

/** What a file holds, as far as a browser shows it. */
export function FilePreviewPanel({ file }: { readonly file: WireFile }): ReactElement {
  const preview = useQuery(previewQuery(file.id))
  return (
    <Panel
      title={file.name}
      aside={
        <a href={file.href} download={file.name}>
          Download
        </a>
      }
    >
      {preview.isError ? <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {preview.data === undefined ? null : <Content preview={preview.data} name={file.name} />}
    </Panel>
  )
}

interface ContentProps {
  readonly preview: FilePreview
  readonly name: string
}

function Content({ preview, name }: ContentProps): ReactElement {
  switch (preview.kind) {
    case 'table':
      return <TableContent table={preview} name={name} />
    case 'json':
      return <Lines label={name} text={JSON.stringify(preview.value, null, 2)} isCut={false} />
    case 'text':
      return <Lines label={name} text={preview.text} isCut={preview.isCut} />
    case 'image':
      return <img src={preview.href} alt={name} className={classes.image} />
    case 'pdf':
      return <iframe src={preview.href} title={name} className={classes.pdf} />
    case 'archive':
      return <ArchiveContent archive={preview} />
    case 'dicom':
      return (
        <p>
          A DICOM file. <a href={preview.href}>Download it</a> and open it in the{' '}
          <AppLink to="/dicom/read">reader</AppLink>.
        </p>
      )
    case 'none':
      return <p className="ts-dim">{preview.reason}</p>
  }
}

function Lines({
  label,
  text,
  isCut,
}: {
  readonly label: string
  readonly text: string
  readonly isCut: boolean
}): ReactElement {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.scroll} aria-label={label} tabIndex={0}>
        <pre className={`${classes.json} ts-mono`}>{text}</pre>
      </section>
      {isCut ? <p className="ts-dim">The file goes on; download it to read the rest.</p> : null}
    </>
  )
}

type TableOf = Extract<FilePreview, { kind: 'table' }>

function TableContent({ table, name }: { readonly table: TableOf; readonly name: string }): ReactElement {
  const canPlot = table.columns.some(({ isNumeric }) => isNumeric)
  return (
    <Tabs defaultValue="table" keepMounted={false}>
      <Tabs.List mb={12}>
        <Tabs.Tab value="table">Table</Tabs.Tab>
        {canPlot ? <Tabs.Tab value="plot">Plot</Tabs.Tab> : null}
      </Tabs.List>
      <Tabs.Panel value="table">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section className={classes.scroll} aria-label={`Rows of ${name}`} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th key={column.name} scope="col" data-align={column.isNumeric ? 'end' : undefined}>
                    {column.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file have no identity but their place
                <tr key={index}>
                  {table.columns.map((column, place) => (
                    <td
                      key={column.name}
                      data-align={column.isNumeric ? 'end' : undefined}
                      className="ts-num"
                    >
                      {row[place]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {table.isCut ? <p className="ts-dim">The first {table.rows.length} rows are shown.</p> : null}
      </Tabs.Panel>
      <Tabs.Panel value="plot">
        <TablePlot table={table} title={name} />
      </Tabs.Panel>
    </Tabs>
  )
}

type ArchiveOf = Extract<FilePreview, { kind: 'archive' }>

function ArchiveContent({ archive }: { readonly archive: ArchiveOf }): ReactElement {
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" data-align="end">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {archive.entries.map(({ name, size }) => (
            <tr key={name}>
              <td className="ts-mono">{name}</td>
              <td data-align="end" className="ts-num">
                {formatBytes(size)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {archive.isCut ? <p className="ts-dim">The archive holds more.</p> : null}
    </>
  )
}
