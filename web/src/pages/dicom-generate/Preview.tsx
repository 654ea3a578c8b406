import { Tabs } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import { type ReadFile, readFile } from '../../api/dicom/read-files.ts'
import { AttributeTable } from '../../ui/AttributeTable.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ImageViewer } from '../../ui/image-viewer/ImageViewer.tsx'
import { Panel } from '../../ui/Panel.tsx'
import classes from './generate.module.css'
import type { GenerateForm } from './use-generate-form.ts'

/** The file as any reader will see it: made, then read back. */
export function Preview({ form }: { readonly form: GenerateForm }): ReactElement {
  const read = useReadBack(form.made)
  const [instance] = read?.instances ?? []
  return (
    <div className={classes.preview}>
      <Panel title="Preview">
        {instance === undefined ? (
          <EmptyNote>
            {read?.problem ?? 'Preview makes the file and reads it back: what other programs will see.'}
          </EmptyNote>
        ) : (
          <Tabs defaultValue="elements" keepMounted={false}>
            <Tabs.List mb={16}>
              <Tabs.Tab value="elements">Elements</Tabs.Tab>
              <Tabs.Tab value="picture">Picture</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="elements">
              <AttributeTable label="Elements of the new file" rows={instance.facts.elements} form="narrow" />
            </Tabs.Panel>
            <Tabs.Panel value="picture">
              <ImageViewer frames={instance.frames} label="The picture of the new file" />
            </Tabs.Panel>
          </Tabs>
        )}
      </Panel>
    </div>
  )
}

function useReadBack(made: File | undefined): ReadFile | undefined {
  const [read, setRead] = useState<ReadFile>()
  useEffect(() => {
    if (made === undefined) return
    const stop = new AbortController()
    void readFile(made, 'preview', setRead, stop.signal)
    return () => stop.abort()
  }, [made])
  return read
}
