import { Button, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useState } from 'react'
import { exportPack } from '../../api/test-packs.ts'
import { ReferencesSelect } from '../../ui/ReferenceSelect.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { saveFile } from '../../ui/save-file.ts'
import classes from './test-packs.module.css'

/** Chosen tests, lists and cycles as a file, with everything they consist of. */
export function ExportPack(): ReactElement {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [lists, setLists] = useState<readonly ReferenceOption[]>([])
  const [cycles, setCycles] = useState<readonly ReferenceOption[]>([])
  const [tests, setTests] = useState<readonly ReferenceOption[]>([])
  const make = useMutation({
    mutationFn: async () => {
      const ids = (options: readonly ReferenceOption[]): number[] => options.map(({ id }) => id)
      const file = await exportPack({
        ...{ name: name.trim(), description },
        ...{ testIds: ids(tests), listIds: ids(lists), cycleIds: ids(cycles) },
      })
      saveFile(`${name.trim() || 'testpack'}.tpk`, file)
    },
  })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <Stack gap={16} align="stretch">
        <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <ReferencesSelect
          target="machine-qa.test-list"
          label="Test lists"
          description="With their tests and sublists."
          value={lists}
          onChange={setLists}
        />
        <ReferencesSelect
          target="machine-qa.test-list-cycle"
          label="Cycles"
          description="With their lists."
          value={cycles}
          onChange={setCycles}
        />
        <ReferencesSelect
          target="machine-qa.test"
          label="Further tests"
          value={tests}
          onChange={setTests}
          error={make.error?.message}
        />
        <div>
          <Button type="submit" loading={make.isPending}>
            Export test pack
          </Button>
        </div>
      </Stack>
    </form>
  )
}
