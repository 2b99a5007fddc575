export { connectGraph, type Graph } from './graph.ts';
export { collectPages, connectResourceManager, type ResourceManager } from './resource-manager.ts';
