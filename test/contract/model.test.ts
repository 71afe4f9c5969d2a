import { registry } from '../../src/models/registry.ts'
import { modelContract } from './model.ts'

for (const model of Object.values(registry)) modelContract(model as Parameters<typeof modelContract>[0])
