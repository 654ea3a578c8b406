import { Button, Group, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useId, useState } from 'react'
import type {
  WireDeveloper,
  WireDeveloperProfile,
} from '../../../../src/dialects/native/dicom/developer.schema.ts'
import { developerQuery, saveProfile } from '../../api/dicom/developer.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { toast } from '../../ui/toasts.ts'
import classes from './developer.module.css'

export interface ProfilePanelProps {
  /** null where there is none yet */
  readonly profile: WireDeveloperProfile | null
  readonly purposes: WireDeveloper['purposes']
}

/** The developer profile: made once, changed at any time. */
export function ProfilePanel({ profile, purposes }: ProfilePanelProps): ReactElement {
  const client = useQueryClient()
  const [purpose, setPurpose] = useState(profile?.purpose ?? null)
  const [organization, setOrganization] = useState(profile?.organization ?? '')
  const id = useId()
  const save = useMutation({
    mutationFn: () => saveProfile({ purpose, organization: organization.trim() || null }),
    onSuccess: (developer) => {
      client.setQueryData(developerQuery.queryKey, developer)
      toast(profile === null ? 'Developer profile made.' : 'Developer profile saved.')
    },
  })
  const isChanged =
    purpose !== (profile?.purpose ?? null) || organization.trim() !== (profile?.organization ?? '')
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Panel title="Profile">
      <form className={classes.form} onSubmit={onSubmit} aria-labelledby={id}>
        <p id={id} className={classes.note}>
          {profile === null
            ? 'With a profile you may make API keys. Each developer may read and generate a number of files a month.'
            : 'What the API is used for, and by whom.'}
        </p>
        <Select
          label="Purpose"
          placeholder="Not said"
          data={purposes.map(({ value, label }) => ({ value, label }))}
          value={purpose}
          onChange={setPurpose}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear purpose' }}
        />
        <TextInput
          label="Organization"
          maxLength={255}
          value={organization}
          onChange={(event) => setOrganization(event.currentTarget.value)}
          autoComplete="organization"
        />
        {save.isError ? <ErrorPanel error={save.error} /> : null}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={save.isPending}
            variant={profile === null || isChanged ? 'filled' : 'default'}
          >
            {profile === null ? 'Make profile' : 'Save profile'}
          </Button>
        </Group>
      </form>
    </Panel>
  )
}
