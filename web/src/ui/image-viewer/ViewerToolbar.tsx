import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconAdjustments,
  IconArrowsMove,
  IconChevronDown,
  IconCircleDashed,
  IconContrast,
  IconEye,
  IconEyeOff,
  IconMaximize,
  IconPlayerPause,
  IconPlayerPlay,
  IconRuler2,
  IconTrash,
  IconZoomIn,
} from '@tabler/icons-react'
import type { ReactElement, ReactNode } from 'react'
import classes from './image-viewer.module.css'
import type { ViewerTool } from './stage.ts'
import type { NamedWindow, ViewerWindow } from './viewer-frame.ts'

export interface ViewerToolbarProps {
  readonly tool: ViewerTool
  readonly onTool: (tool: ViewerTool) => void
  readonly presets: readonly NamedWindow[]
  readonly onWindow: (window: ViewerWindow) => void
  readonly isColor: boolean
  readonly onInvert: () => void
  readonly onReset: () => void
  readonly areOverlaysShown: boolean
  readonly onOverlays: () => void
  readonly hasMeasurements: boolean
  readonly onClear: () => void
  /** Undefined for a single picture. */
  readonly play: { readonly isPlaying: boolean; readonly onPlay: () => void } | undefined
}

const TOOLS = [
  { tool: 'window', label: 'Window and level by dragging', key: 'W', icon: IconAdjustments },
  { tool: 'zoom', label: 'Zoom by dragging', key: 'Z', icon: IconZoomIn },
  { tool: 'pan', label: 'Move by dragging', key: 'P', icon: IconArrowsMove },
  { tool: 'length', label: 'Measure a length', key: 'L', icon: IconRuler2 },
  { tool: 'region', label: 'Measure the mean of a region', key: 'R', icon: IconCircleDashed },
] as const

/** What can be done with the picture. Every button has a key of its own. */
export function ViewerToolbar(props: ViewerToolbarProps): ReactElement {
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Picture">
      {TOOLS.map(({ tool, label, key, icon: Icon }) => (
        <Tool
          key={tool}
          label={label}
          shortcut={key}
          isOn={props.tool === tool}
          onClick={() => props.onTool(tool)}
          disabled={tool === 'window' && props.isColor}
        >
          <Icon size={18} stroke={1.7} />
        </Tool>
      ))}
      <span className={classes.divider} />
      <Presets {...props} />
      <Tool label="Exchange black and white" shortcut="I" onClick={props.onInvert}>
        <IconContrast size={18} stroke={1.7} />
      </Tool>
      <Tool label="Fit the picture and take back its window" shortcut="F" onClick={props.onReset}>
        <IconMaximize size={18} stroke={1.7} />
      </Tool>
      <Tool
        label={props.areOverlaysShown ? 'Hide measurements and text' : 'Show measurements and text'}
        shortcut="O"
        onClick={props.onOverlays}
      >
        {props.areOverlaysShown ? <IconEye size={18} stroke={1.7} /> : <IconEyeOff size={18} stroke={1.7} />}
      </Tool>
      <Tool
        label="Remove all measurements"
        shortcut="Delete"
        onClick={props.onClear}
        disabled={!props.hasMeasurements}
      >
        <IconTrash size={18} stroke={1.7} />
      </Tool>
      {props.play === undefined ? null : (
        <Tool label={props.play.isPlaying ? 'Stop' : 'Play'} shortcut="." onClick={props.play.onPlay}>
          {props.play.isPlaying ? (
            <IconPlayerPause size={18} stroke={1.7} />
          ) : (
            <IconPlayerPlay size={18} stroke={1.7} />
          )}
        </Tool>
      )}
    </div>
  )
}

function Presets({ presets, onWindow }: ViewerToolbarProps): ReactElement | null {
  if (presets.length === 0) return null
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.presets}>
          Window <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {presets.map((preset, index) => (
          <Menu.Item
            // biome-ignore lint/suspicious/noArrayIndexKey: windows of a file may repeat and keep their order
            key={index}
            onClick={() => onWindow(preset)}
            rightSection={<kbd className={classes.key}>{index < 9 ? index + 1 : ''}</kbd>}
          >
            {preset.label}{' '}
            <span className="ts-dim ts-num">
              {Math.round(preset.center)} / {Math.round(preset.width)}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface ToolProps {
  readonly label: string
  readonly shortcut: string
  readonly onClick: () => void
  /** Of buttons that stay pressed. */
  readonly isOn?: boolean
  readonly disabled?: boolean
  readonly children: ReactNode
}

function Tool({ label, shortcut, onClick, isOn, disabled = false, children }: ToolProps): ReactElement {
  return (
    <Tooltip label={`${label} (${shortcut})`}>
      <ActionIcon
        aria-label={label}
        aria-pressed={isOn}
        data-on={isOn === true}
        className={classes.tool}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
