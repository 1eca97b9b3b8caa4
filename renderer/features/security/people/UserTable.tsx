import { Button, HTMLSelect } from '@blueprintjs/core';
import type { Role, User } from '../../../../shared/contract/areas/users.ts';
import { peopleCopy } from '../../../copy/people.ts';
import { showMoment } from '../../../ui/dates.ts';

const roles: readonly Role[] = ['lead', 'analyst', 'reader'];

/** Users with their roles; a lead changes them in place. */
export function UserTable(props: {
  users: readonly User[];
  isLead: boolean;
  onRole: (user: User, role: Role) => void;
  onReset: (user: User) => void;
  onRemove: (user: User) => void;
}) {
  const { columns } = peopleCopy;
  return (
    <div className="table-wrap">
      <table className="table people-table">
        <thead>
          <tr>
            {[columns.name, columns.role, columns.added, columns.by, columns.state].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
            {props.isLead && <th scope="col">{columns.actions}</th>}
          </tr>
        </thead>
        <tbody>
          {props.users.map((user) => (
            <tr key={user.id} className={user.removedAt ? 'is-removed' : ''}>
              <th scope="row">
                {user.name}
                {user.isYou && ' '}
                {user.isYou && <span className="people-you">{peopleCopy.you}</span>}
              </th>
              <td>
                {props.isLead && !user.removedAt ? (
                  <HTMLSelect
                    aria-label={`${columns.role}, ${user.name}`}
                    value={user.role}
                    onChange={(event) => props.onRole(user, event.currentTarget.value as Role)}
                  >
                    {roles.map((role) => (
                      <option key={role} value={role}>
                        {peopleCopy.roles[role]}
                      </option>
                    ))}
                  </HTMLSelect>
                ) : (
                  peopleCopy.roles[user.role]
                )}
              </td>
              <td>{showMoment(user.addedAt)}</td>
              <td>{user.addedBy ?? <span className="muted">{peopleCopy.founder}</span>}</td>
              <td>{stateOf(user)}</td>
              {props.isLead && (
                <td className="cell-action">
                  {!user.removedAt && !user.isYou && (
                    <>
                      <Button
                        size="small"
                        variant="minimal"
                        icon="key"
                        text={peopleCopy.reset}
                        aria-label={`${peopleCopy.reset}, ${user.name}`}
                        onClick={() => props.onReset(user)}
                      />
                      <Button
                        size="small"
                        variant="minimal"
                        intent="danger"
                        icon="trash"
                        text={peopleCopy.remove}
                        aria-label={`${peopleCopy.remove}, ${user.name}`}
                        onClick={() => props.onRemove(user)}
                      />
                    </>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function stateOf(user: User) {
  if (user.removedAt) return <span className="muted">{peopleCopy.removed(showMoment(user.removedAt))}</span>;
  if (user.isWaiting) return <span className="tone-warning">{peopleCopy.waiting}</span>;
  return user.hasRecoveryKey ? peopleCopy.recovery : <span className="muted">{peopleCopy.noRecovery}</span>;
}
