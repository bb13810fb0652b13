/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import 'reflect-metadata';

// Before n8n-core is loaded: its log would fill the tests' own output.
process.env.N8N_LOG_LEVEL = 'silent';
