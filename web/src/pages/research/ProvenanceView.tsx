import '@xyflow/react/dist/style.css'
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  Controls,
  type Edge,
  MarkerType,
  type Node,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import { type ReactElement, useMemo } from 'react'
import type { ProvenanceGraph } from '../../../../src/dialects/native/research/research.schema.ts'
import { quantityText } from '../../api/research/info-text.ts'
import { provenanceQuery } from '../../api/research/samples.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { formatNumber } from '../../ui/number-text.ts'
import { Panel } from '../../ui/Panel.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { useUrlState } from '../../ui/url-state.ts'
import classes from './provenance.module.css'
import { NODE_SIZE, placeNodes } from './provenance-layout.ts'

type GraphNode = ProvenanceGraph['nodes'][number]

/** Where a sample comes from and what became of it, as a graph and as a list of the same. */
export function ProvenanceView({ sampleId }: { readonly sampleId: number }): ReactElement {
  const [search, patch] = useUrlState()
  const direction = search.direction ?? 'both'
  const depth = Number(search.depth ?? 5)
  const graph = useQuery(provenanceQuery(sampleId, direction, depth))
  if (graph.isError) return <ErrorPanel error={graph.error} onRetry={() => void graph.refetch()} />
  const chosen = graph.data?.nodes.find(({ id }) => id === search.node) ?? graph.data?.nodes.find(isRoot)
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <NativeSelect
          label="Direction"
          value={direction}
          onChange={(event) => patch({ direction: event.currentTarget.value })}
          data={[
            { value: 'both', label: 'Both directions' },
            { value: 'up', label: 'What it comes from' },
            { value: 'down', label: 'What became of it' },
          ]}
        />
        <NativeSelect
          label="Steps"
          value={String(depth)}
          onChange={(event) => patch({ depth: event.currentTarget.value })}
          data={['1', '2', '5', '10', '20', '50']}
        />
      </div>
      {graph.data?.isCut ? (
        <Banner token="none">There is more than is shown: choose more steps.</Banner>
      ) : null}
      <div className={classes.split}>
        <div className={classes.canvas}>
          {graph.data === undefined ? null : (
            <ReactFlowProvider>
              <Drawing
                graph={graph.data}
                chosen={chosen?.id}
                onChoose={(node) => patch({ node }, 'replace')}
              />
            </ReactFlowProvider>
          )}
        </div>
        {chosen === undefined ? null : <NodePanel node={chosen} />}
      </div>
      {graph.data === undefined ? null : <GraphList graph={graph.data} />}
    </div>
  )
}

function isRoot(node: GraphNode): boolean {
  return node.kind === 'sample' && node.isRoot
}

interface DrawingProps {
  readonly graph: ProvenanceGraph
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

function Drawing({ graph, chosen, onChoose }: DrawingProps): ReactElement {
  const flow = useReactFlow()
  const places = useMemo(() => new Map(placeNodes(graph).map((place) => [place.id, place])), [graph])
  const nodes: Node[] = graph.nodes.map((node) => ({
    id: node.id,
    position: { x: places.get(node.id)?.x ?? 0, y: places.get(node.id)?.y ?? 0 },
    data: { label: node.name },
    className: [
      classes.node,
      classes[node.kind],
      isRoot(node) ? classes.root : '',
      node.id === chosen ? classes.chosen : '',
    ]
      .filter(Boolean)
      .join(' '),
    style: NODE_SIZE[node.kind],
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
    ariaLabel: `${node.kind === 'sample' ? 'Sample' : 'Step'} ${node.name}`,
  }))
  const edges: Edge[] = graph.edges.map(({ from, to, amount }) => ({
    id: `${from}>${to}`,
    source: from,
    target: to,
    ...(amount === null ? {} : { label: quantityText(amount) }),
    markerEnd: { type: MarkerType.ArrowClosed },
  }))
  const choose = (id: string): void => {
    onChoose(id)
    const place = places.get(id)
    if (place) void flow.setCenter(place.x + 90, place.y + 28, { zoom: flow.getZoom(), duration: 0 })
  }
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      fitView
      fitViewOptions={{ maxZoom: 1 }}
      minZoom={0.1}
      nodesDraggable={false}
      nodesConnectable={false}
      onlyRenderVisibleElements
      onNodeClick={(_, node) => choose(node.id)}
      onSelectionChange={({ nodes: [only] }) => {
        if (only !== undefined && only.id !== chosen) choose(only.id)
      }}
    >
      <Controls showInteractive={false} />
    </ReactFlow>
  )
}

function NodePanel({ node }: { readonly node: GraphNode }): ReactElement {
  if (node.kind === 'sample')
    return (
      <Panel title={node.name}>
        <KeyValue
          facts={[
            { label: 'Id', value: <span className="ts-mono">{node.sampleId}</span> },
            { label: 'Type', value: node.sampleType },
          ]}
        />
        <AppLink to={`/research/samples/${node.key}`}>Open sample</AppLink>
      </Panel>
    )
  return (
    <Panel title={node.name}>
      <KeyValue
        facts={[
          { label: 'Step', value: node.runKind },
          { label: 'Method', value: node.method },
          { label: 'Done on', value: formatDay(node.performedOn) },
          {
            label: 'Recovered',
            value:
              node.balance === null
                ? undefined
                : `${formatNumber(node.balance.recovery * 100, { digits: 1 })} %`,
          },
        ]}
      />
      {node.experimentId === null ? null : (
        <AppLink to={`/research/experiments/${node.experimentId}`}>Open experiment</AppLink>
      )}
    </Panel>
  )
}

/** The same as a list: each step with what went in and what came out. */
function GraphList({ graph }: { readonly graph: ProvenanceGraph }): ReactElement {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const samplesAt = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const node = byId.get(id)
      return node?.kind === 'sample' ? [node] : []
    })
  const runs = graph.nodes.filter((node) => node.kind === 'run')
  return (
    <Panel title="The same as a list">
      {runs.length === 0 ? <p className="ts-dim">No step is known before or after this sample.</p> : null}
      <ol className={classes.list}>
        {runs.map((run) => (
          <li key={run.id}>
            <strong>{run.name}</strong> <span className="ts-dim">{formatDay(run.performedOn)}</span>
            <NodeLinks
              word="of"
              nodes={samplesAt(graph.edges.filter(({ to }) => to === run.id).map(({ from }) => from))}
            />
            <NodeLinks
              word="gave"
              nodes={samplesAt(graph.edges.filter(({ from }) => from === run.id).map(({ to }) => to))}
            />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

interface NodeLinksProps {
  readonly word: string
  readonly nodes: readonly Extract<GraphNode, { kind: 'sample' }>[]
}

function NodeLinks({ word, nodes }: NodeLinksProps): ReactElement | null {
  if (nodes.length === 0) return null
  return (
    <div>
      <span className="ts-dim">{word} </span>
      {nodes.map((node, index) => (
        <span key={node.id}>
          {index === 0 ? '' : ', '}
          <AppLink to={`/research/samples/${node.key}?tab=provenance`}>{node.name}</AppLink>
        </span>
      ))}
    </div>
  )
}
