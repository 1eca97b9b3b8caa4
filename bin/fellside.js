#!/usr/bin/env node
import { ensureNode } from './guard.js';

if (ensureNode(import.meta.url)) {
  await import('../electron/hosts/cli.ts');
}
