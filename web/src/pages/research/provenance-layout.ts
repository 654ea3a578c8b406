import dagre from '@dagrejs/dagre'
import type { ProvenanceGraph } from '../../../../src/dialects/native/research/research.schema.ts'

export const NODE_SIZE = { sample: { width: 190, height: 58 }, run: { width: 150, height: 50 } } as const

export interface PlacedNode {
  readonly id: string
  /** upper left corner */
  readonly x: number
  readonly y: number
}

/** Places the nodes in layers from left to right, old to new. */
export function placeNodes({
  nodes,
  edges,
}: Pick<ProvenanceGraph, 'nodes' | 'edges'>): readonly PlacedNode[] {
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 44 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const node of nodes) graph.setNode(node.id, { ...NODE_SIZE[node.kind] })
  for (const { from, to } of edges) graph.setEdge(from, to)
  dagre.layout(graph)
  return nodes.map(({ id, kind }) => {
    const { x, y } = graph.node(id)
    return { id, x: x - NODE_SIZE[kind].width / 2, y: y - NODE_SIZE[kind].height / 2 }
  })
}
