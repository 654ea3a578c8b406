/** Languages in which certificates are written, by their tags. */
export const REPORT_LANGUAGES = { en: 'English', de: 'Deutsch', fr: 'Français' } as const

export type ReportLanguage = keyof typeof REPORT_LANGUAGES

export function reportLanguage(value: unknown): ReportLanguage {
  return value === 'de' || value === 'fr' ? value : 'en'
}
