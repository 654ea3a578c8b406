import { Button, Menu } from '@mantine/core'
import type { ReactElement } from 'react'
import { toast, toastError } from '../../ui/toasts.ts'

/** The address holds everything that is drawn: it can be copied and mailed. */
export function ShareMenu({ title }: { readonly title: string }): ReactElement {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(globalThis.location.href)
      toast('Address copied.')
    } catch (error) {
      toastError('The address could not be copied; it stands in the address bar', error)
    }
  }
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">Share chart</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void copy()}>Copy address</Menu.Item>
        <Menu.Item
          onClick={() => {
            const body = encodeURIComponent(globalThis.location.href)
            globalThis.location.href = `mailto:?subject=${encodeURIComponent(title)}&body=${body}`
          }}
        >
          Mail address
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
