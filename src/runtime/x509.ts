// The library needs this polyfill before its own first line. Both are named in this file alone: split into chunks, two imports
// in several files could be evaluated in another order.
import 'reflect-metadata';

export * from '@peculiar/x509';
