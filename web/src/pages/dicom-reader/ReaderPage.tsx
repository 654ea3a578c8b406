import { Tabs } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { DicomSections } from '../../app/DicomSections.tsx'
import { AttributeTable } from '../../ui/AttributeTable.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { ImageViewer } from '../../ui/image-viewer/ImageViewer.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { FileList } from './FileList.tsx'
import classes from './reader.module.css'
import { instanceAt, type Stack, stacksOf } from './stacks.ts'
import { useReader } from './use-reader.ts'

/** Looks into DICOM files without keeping them: elements and pictures of whatever is dropped. */
export function ReaderPage(): ReactElement {
  const reader = useReader()
  const [chosen, setChosen] = useState<string>()
  const stacks = useMemo(() => stacksOf(reader.files), [reader.files])
  const stack = stacks.find(({ key }) => key === chosen) ?? stacks[0]
  return (
    <>
      <DicomSections />
      <PageHeader
        title="Read a file"
        crumbs={[{ label: 'DICOM', to: '/dicom' }]}
        facts="Nothing is kept: the server takes the file apart, answers, and forgets it. What you see is gone when you leave this page."
      />
      <div className={classes.page} data-empty={reader.files.length === 0}>
        <div className={classes.side}>
          <FileDrop
            label="DICOM file or ZIP"
            files={NONE}
            onChange={reader.add}
            accept=".dcm,.dicom,.ima,.zip,application/dicom,application/zip"
            multiple
          />
          <FileList
            files={reader.files}
            stacks={stacks}
            current={stack?.key}
            onChoose={setChosen}
            onRemove={reader.remove}
          />
        </div>
        {stack === undefined ? null : <StackView key={stack.key} stack={stack} />}
      </div>
    </>
  )
}

/** The list of chosen files is our own: those that were read. */
const NONE: readonly File[] = []

/** Picture and elements of what is chosen; the elements are those of the frame that is shown. */
function StackView({ stack }: { readonly stack: Stack }): ReactElement {
  const [search, patch] = useUrlState()
  const [frame, setFrame] = useState(0)
  const frames = useSameFrames(stack)
  const instance = instanceAt(stack, frame) ?? stack.instances[0]
  const hasPicture = frames.length > 0
  const tab = search.tab === 'elements' || !hasPicture ? 'elements' : 'picture'
  const patient = instance?.facts.elements.find(({ keyword }) => keyword === 'PatientName')?.value
  return (
    <section className={classes.main} aria-label={stack.title}>
      {instance?.problem ? <Banner token="warn">{instance.problem}</Banner> : null}
      {instance?.facts.warnings.map((warning) => (
        <Banner key={warning} token="none">
          {warning}
        </Banner>
      ))}
      <Tabs
        value={tab}
        onChange={(next) => patch({ tab: next === 'picture' ? undefined : (next ?? undefined) }, 'replace')}
        keepMounted={false}
      >
        <Tabs.List mb={16}>
          <Tabs.Tab value="picture" disabled={!hasPicture}>
            Picture
          </Tabs.Tab>
          <Tabs.Tab value="elements">Elements</Tabs.Tab>
          <span className={classes.syntax}>{instance?.facts.transferSyntaxName}</span>
        </Tabs.List>
        <Tabs.Panel value="picture">
          <ImageViewer
            frames={frames}
            label={stack.title}
            caption={[patient, stack.title].filter(Boolean).join('\n')}
            startAt={frame}
            onFrame={setFrame}
          />
        </Tabs.Panel>
        <Tabs.Panel value="elements">
          <AttributeTable label="Elements" rows={instance?.facts.elements} />
        </Tabs.Panel>
      </Tabs>
    </section>
  )
}

/** The same array while the frames are the same: what is shown again begins anew. */
function useSameFrames(stack: Stack): Stack['frames'] {
  const [kept, setKept] = useState(stack.frames)
  const isSame =
    kept.length === stack.frames.length && kept.every((frame, index) => frame === stack.frames[index])
  // while an archive is read its stacks grow; they are shown whole once nothing more comes
  if (isSame || (stack.isGrowing && kept.length > 0)) return kept
  setKept(stack.frames)
  return stack.frames
}
