import { type Attributes, objectOf, textsOf } from './report-tree.ts'

/** What earlier releases of the documented system called things, as it brings them up to date itself. */
export function modernSubject(subject: Attributes): Attributes {
  const { description: _gone, ...rest } = subject
  if (rest.type !== 'ci') return rest
  return { ...rest, type: 'development_environment', name: rest.name ?? 'CI-environment' }
}

export function modernMetric(metric: Attributes): Attributes {
  const { addition: _gone, ...rest } = metric
  const direction = rest.direction === '≦' ? '<' : rest.direction === '≧' ? '>' : rest.direction
  const turned = direction === undefined ? rest : { ...rest, direction }
  switch (turned.type) {
    case 'accessibility':
      return {
        ...turned,
        type: 'violations',
        name: turned.name ?? 'Accessibility violations',
        unit: turned.unit ?? 'accessibility violations',
      }
    case 'unmerged_branches':
      return { ...turned, type: 'inactive_branches', name: turned.name ?? 'Unmerged branches' }
    case 'ready_user_story_points':
      return { ...turned, type: 'user_story_points' }
    default:
      return turned
  }
}

/** @returns undefined for a source that its metric no longer has */
export function modernSource(source: Attributes, metric: Attributes): Attributes | undefined {
  if (source.type === 'manual_number' && metric.type === 'test_cases') return undefined
  const type = source.type === 'owasp_dependency_check' ? 'owasp_dependency_check_xml' : source.type
  const renamed = type === undefined ? source : { ...source, type }
  if (!Object.hasOwn(renamed, 'parameters')) return renamed
  return { ...renamed, parameters: modernParameters(String(type), objectOf(source.parameters), metric) }
}

function modernParameters(type: string, parameters: Attributes, metric: Attributes): Attributes {
  const moved =
    metric.type === 'unmerged_branches' ? { ...parameters, branch_merge_status: ['unmerged'] } : parameters
  const isInactive = metric.type === 'unmerged_branches' || metric.type === 'inactive_branches'
  const named = type === 'gitlab' && isInactive ? withProjectOrGroup(moved) : moved
  const branched = withBranch(type, named)
  return type === 'sonarqube' ? modernSonarqube(branched) : branched
}

function withProjectOrGroup({ project, ...rest }: Attributes): Attributes {
  return project === undefined ? rest : { project_or_group: project, ...rest }
}

function withBranch(type: string, parameters: Attributes): Attributes {
  const hasBranch = ['sonarqube', 'gitlab', 'azure_devops'].includes(type)
  return hasBranch && parameters.branch === '' ? { ...parameters, branch: 'master' } : parameters
}

const IMPACTS: Readonly<Record<string, string>> = {
  blocker: 'high',
  critical: 'high',
  major: 'medium',
  minor: 'low',
  info: 'low',
}
const QUALITIES: Readonly<Record<string, string>> = {
  bug: 'reliability',
  vulnerability: 'security',
  code_smell: 'maintainability',
}

function modernSonarqube(parameters: Attributes): Attributes {
  const {
    severities: _s,
    types: _t,
    hotspot_statuses: _h,
    review_priorities: _r,
    security_types: _x,
    ...rest
  } = parameters
  const impacts = translated(textsOf(parameters, 'severities'), IMPACTS)
  const qualities = translated(textsOf(parameters, 'types'), QUALITIES)
  return {
    ...rest,
    ...(impacts.length > 0 ? { impact_severities: impacts } : {}),
    ...(qualities.length > 0 ? { impacted_software_qualities: qualities } : {}),
  }
}

function translated(values: readonly string[], words: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set(values.flatMap((value) => words[value] ?? []))]
}
