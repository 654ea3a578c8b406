import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useRef } from 'react'
import { formFieldsQuery } from '../../api/dicom/generate.ts'
import { DicomSections } from '../../app/DicomSections.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { useShortcut } from '../../ui/shortcuts.ts'
import { toast } from '../../ui/toasts.ts'
import { FieldList } from './FieldList.tsx'
import { FieldSearch } from './FieldSearch.tsx'
import classes from './generate.module.css'
import { PictureFields } from './PictureFields.tsx'
import { Preview } from './Preview.tsx'
import { useGenerateForm } from './use-generate-form.ts'

/** Makes a DICOM file of a picture and what is to be said of it. */
export function GeneratePage(): ReactElement {
  const form = useGenerateForm()
  const summary = useRef<HTMLDivElement>(null)
  const fields = useQuery(formFieldsQuery(form.keywords))
  const download = async (): Promise<void> => {
    const file = await form.make()
    if (file === undefined) {
      requestAnimationFrame(() => summary.current?.focus())
      return
    }
    saveFile(`${form.fileName.trim()}.dcm`, file)
    toast(`${form.fileName.trim()}.dcm made.`)
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void download()
  }
  useShortcut('mod+enter', 'Download the file', () => void download())
  return (
    <>
      <DicomSections />
      <PageHeader
        title="Generate a file"
        crumbs={[{ label: 'DICOM', to: '/dicom' }]}
        facts="A picture becomes a Secondary Capture image with the facts you give. Nothing is kept on the server."
        actions={
          <Button variant="default" onClick={() => void form.preview()} loading={form.isBusy === 'preview'}>
            Preview
          </Button>
        }
        primary={
          <Button onClick={() => void download()} loading={form.isBusy === 'download'}>
            Download file
          </Button>
        }
      />
      {form.problems.length === 0 ? null : (
        <ErrorSummary ref={summary} title="The file cannot be made yet" problems={form.problems} />
      )}
      {form.failure === undefined ? null : <ErrorPanel error={form.failure} />}
      <form className={classes.page} onSubmit={onSubmit} noValidate>
        <div className={classes.column}>
          <Panel title="Picture">
            <PictureFields form={form} />
          </Panel>
          <Panel title="Fields">
            {fields.isError ? (
              <ErrorPanel error={fields.error} onRetry={() => void fields.refetch()} />
            ) : null}
            <FieldList form={form} fields={fields.data?.items ?? []} />
            <FieldSearch taken={form.keywords} onAdd={form.add} />
          </Panel>
          {/* Enter in a field does what the button in the header does */}
          <button type="submit" hidden />
        </div>
        <Preview form={form} />
      </form>
    </>
  )
}
