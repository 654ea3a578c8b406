import { useShortcut, useShortcutHint } from '../shortcuts.ts'
import type { ViewerTool } from './stage.ts'

const GROUP = 'Picture'

interface ViewerKeys {
  readonly choose: (tool: ViewerTool) => void
  readonly goTo: (step: number) => void
  readonly toEnd: (end: 'first' | 'last') => void
  readonly invert: () => void
  readonly reset: () => void
  readonly overlays: () => void
  readonly clear: () => void
  readonly play: () => void
  readonly zoom: (factor: number) => void
  readonly measure: () => void
  readonly preset: (index: number) => void
}

/** The keys of the picture. Arrows stay with lists and sliders. */
export function useViewerKeys(keys: ViewerKeys): void {
  const group = { group: GROUP }
  useShortcut('w', 'Window and level by dragging', () => keys.choose('window'), group)
  useShortcut('z', 'Zoom by dragging', () => keys.choose('zoom'), group)
  useShortcut('p', 'Move by dragging', () => keys.choose('pan'), group)
  useShortcut('l', 'Measure a length', () => keys.choose('length'), group)
  useShortcut('r', 'Measure the mean of a region', () => keys.choose('region'), group)
  useShortcut('m', 'Put the measurement into the middle', keys.measure, group)
  useShortcut('[', 'Frame before', () => keys.goTo(-1), group)
  useShortcut(']', 'Next frame', () => keys.goTo(1), group)
  useShortcut('home', 'First frame', () => keys.toEnd('first'), group)
  useShortcut('end', 'Last frame', () => keys.toEnd('last'), group)
  useShortcut('i', 'Exchange black and white', keys.invert, group)
  useShortcut('f', 'Fit the picture and take back its window', keys.reset, group)
  useShortcut('o', 'Show or hide measurements and text', keys.overlays, group)
  useShortcut('delete', 'Remove all measurements', keys.clear, group)
  useShortcut('.', 'Play or stop', keys.play, group)
  useShortcut('+', 'Zoom in', () => keys.zoom(1.25), group)
  useShortcut('-', 'Zoom out', () => keys.zoom(0.8), group)
  usePresetKeys(keys.preset)
}

function usePresetKeys(preset: (index: number) => void): void {
  const group = { group: GROUP }
  useShortcut('1', 'First window', () => preset(0), group)
  useShortcut('2', 'Second window', () => preset(1), group)
  useShortcut('3', 'Third window', () => preset(2), group)
  useShortcut('4', 'Fourth window', () => preset(3), group)
  useShortcut('5', 'Fifth window', () => preset(4), group)
  useShortcut('6', 'Sixth window', () => preset(5), group)
  useShortcutHint('wheel', 'Go through the frames', GROUP)
}
