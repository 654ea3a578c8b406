import { Popover, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconKey, IconKeyboard, IconLogout, IconSwitchHorizontal, IconUser } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { signOut, useSession } from '../api/session.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { showShortcuts } from '../ui/shortcuts.ts'
import { toastError } from '../ui/toasts.ts'
import classes from './AccountMenu.module.css'
import { ChangeUserDialog } from './ChangeUserDialog.tsx'
import { useDensity } from './preferences.ts'

/** The signed-in person: who, look of the application, own tokens, way out. */
export function AccountMenu(): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const [isChanging, setChanging] = useState(false)
  const { user } = useSession()
  const router = useRouter()
  const close = (): void => setOpen(false)
  const leave = async (): Promise<void> => {
    try {
      await signOut()
      await router.navigate({ href: '/sign-in' })
    } catch (error) {
      toastError('Not signed out', error)
    }
  }
  const name = user.fullName === '' ? user.username : user.fullName
  return (
    <>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={296} trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className={classes.button}
            onClick={() => setOpen(!isOpen)}
            aria-haspopup="dialog"
          >
            <span className={classes.initials} aria-hidden="true">
              {initialsOf(name)}
            </span>
            <span className="ts-hidden">Account of {name}</span>
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.menu} aria-label="Account">
          <div className={classes.person}>
            <strong>{name}</strong>
            <span>{user.email === '' ? user.username : user.email}</span>
          </div>
          <Appearance />
          <ul className={classes.links}>
            <li>
              <AppLink to="/account" onClick={close}>
                <IconUser size={18} stroke={1.6} aria-hidden="true" />
                My account
              </AppLink>
            </li>
            <li>
              <AppLink to="/account?tab=tokens" onClick={close}>
                <IconKey size={18} stroke={1.6} aria-hidden="true" />
                My tokens
              </AppLink>
            </li>
            <li>
              <button
                type="button"
                onClick={() => {
                  close()
                  showShortcuts()
                }}
              >
                <IconKeyboard size={18} stroke={1.6} aria-hidden="true" />
                Keyboard shortcuts
              </button>
            </li>
            <li>
              <button
                type="button"
                onClick={() => {
                  close()
                  setChanging(true)
                }}
              >
                <IconSwitchHorizontal size={18} stroke={1.6} aria-hidden="true" />
                Change user
              </button>
            </li>
            <li>
              <button type="button" onClick={() => void leave()}>
                <IconLogout size={18} stroke={1.6} aria-hidden="true" />
                Sign out
              </button>
            </li>
          </ul>
        </Popover.Dropdown>
      </Popover>
      {isChanging ? <ChangeUserDialog onClose={() => setChanging(false)} /> : null}
    </>
  )
}

function Appearance(): ReactElement {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [density, setDensity] = useDensity()
  return (
    <div className={classes.look}>
      <SegmentedControl
        aria-label="Colour scheme"
        fullWidth
        size="xs"
        value={colorScheme}
        onChange={(value) => setColorScheme(value)}
        data={[
          { value: 'auto', label: 'System' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
      <SegmentedControl
        aria-label="Density"
        fullWidth
        size="xs"
        value={density}
        onChange={(value) => setDensity(value)}
        data={[
          { value: 'comfortable', label: 'Comfortable' },
          { value: 'compact', label: 'Compact' },
        ]}
      />
    </div>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => word?.[0]?.toUpperCase() ?? '').join('')
}
