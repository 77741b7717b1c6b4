import type { Scenario } from './model.ts';
import { converses, emit, greets, joins, leaves, MARIA, queued, says } from './scenario-steps.ts';

/** The ways to an agent, and the ways in which nobody comes. */
export const ROUTING_SCENARIOS: readonly Scenario[] = [
  {
    name: 'queue',
    title: 'third in the queue, then an agent',
    agents: 'online',
    steps: [
      greets('All agents are busy, you will be in the queue.'),
      queued(3, 90, 300),
      queued(2, 45, 3000),
      queued(1, 15, 3000),
      joins(MARIA, 3000),
      converses(MARIA),
    ],
  },
  {
    name: 'nobody',
    title: 'no agent is online, the request fails',
    agents: 'offline',
    steps: [
      emit({ type: 'rejected', reason: 'No agents are available right now.', code: 'Unavailable' }, 500),
      greets('Nobody is here right now. Please try again tomorrow.', 100),
    ],
  },
  {
    name: 'never-routed',
    title: 'the chat is accepted and nothing ever happens',
    agents: 'online',
    steps: [],
  },
  {
    name: 'no-answer',
    title: 'the chat waits in the queue and nobody takes it',
    agents: 'online',
    steps: [greets('An agent will be with you shortly.'), queued(1, 30, 300)],
  },
  {
    name: 'declined',
    title: 'offered to an agent, who declines',
    agents: 'online',
    steps: [
      queued(2, 40),
      queued(1, 20, 1500),
      emit({ type: 'rejected', reason: 'The agent declined the request.', code: 'Declined' }, 1500),
    ],
  },
  {
    name: 'agent-drops',
    title: 'the agent loses the connection and comes back',
    agents: 'online',
    steps: [
      queued(1, 10),
      joins(MARIA, 1500),
      converses(MARIA, 1),
      leaves(MARIA, 1000),
      joins(MARIA, 5000),
      says(MARIA, 'Sorry, my connection broke off. I am back.', 800),
      converses(MARIA),
    ],
  },
  {
    name: 'ghost-agent',
    title: 'an agent joins and leaves at once, nobody else comes',
    agents: 'online',
    steps: [queued(1, 10), joins(MARIA, 1500), leaves(MARIA)],
  },
];
