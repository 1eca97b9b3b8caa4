import { Button } from '@blueprintjs/core';
import { Component, type ReactNode } from 'react';
import { EmptyState } from '../ui/EmptyState.tsx';
import { describeError } from './reportError.ts';

/** Shows words instead of an empty window when a part of the page fails to render. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    const { message, hint } = describeError(this.state.error);
    return (
      <EmptyState
        icon="error"
        title={message}
        description={hint ?? ''}
        action={<Button text="Show this again" onClick={() => this.setState({ error: null })} />}
      />
    );
  }
}
