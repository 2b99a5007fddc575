export { connectGraph, type Graph } from './graph.ts';
export { connectResourceManager, type ResourceManager } from './resource-manager.ts';
