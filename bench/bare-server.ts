import Fastify from 'fastify'

const [port = '0', body = ''] = process.argv.slice(2)
const parsed: unknown = JSON.parse(body)
const app = Fastify()
app.get('/api/units/units/:id/', async () => parsed)
await app.listen({ port: Number(port), host: '127.0.0.1' })
process.send?.('listening')
