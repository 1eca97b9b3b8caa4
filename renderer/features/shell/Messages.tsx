import { Button, Icon, Portal } from '@blueprintjs/core';
import { dismissMessage, useMessages } from '../../app/messages.ts';

const icons = { done: 'tick-circle', warning: 'warning-sign', danger: 'error' } as const;

/** The messages at the foot of the window, newest last. */
export function Messages() {
  const messages = useMessages();
  return (
    <Portal>
      <div className="messages" aria-live="polite">
        {messages.map((message) => (
          <div
            key={message.id}
            className={`message message-${message.tone}`}
            role={message.tone === 'danger' ? 'alert' : 'status'}
          >
            <Icon icon={icons[message.tone]} size={14} />
            <span className="message-text">{message.text}</span>
            {message.action && (
              <Button
                size="small"
                text={message.action.label}
                onClick={() => {
                  message.action?.run();
                  dismissMessage(message.id);
                }}
              />
            )}
            <Button
              size="small"
              variant="minimal"
              icon="cross"
              aria-label="Close message"
              onClick={() => dismissMessage(message.id)}
            />
          </div>
        ))}
      </div>
    </Portal>
  );
}
