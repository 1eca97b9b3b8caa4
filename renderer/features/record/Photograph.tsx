import { useQuery } from '@tanstack/react-query';
import { formatDate } from '../../../shared/domain/dates.ts';
import { useClient } from '../../app/connection.ts';
import { describeError } from '../../app/reportError.ts';

/** One photograph with its date: an old picture is no picture of today. */
export function Photograph(props: {
  id: string;
  label: string;
  takenOn: string | null;
  caption: string | null;
}) {
  const client = useClient();
  const image = useQuery({
    queryKey: ['photograph', props.id],
    queryFn: () => client.records.photograph({ id: props.id }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const taken = props.takenOn ? `Taken ${formatDate(props.takenOn)}` : 'Date not known';
  return (
    <figure className="photograph">
      {image.data ? (
        <img
          src={`data:${image.data.mediaType};base64,${image.data.base64}`}
          alt={`${props.label}. ${taken}`}
        />
      ) : (
        <div className="photograph-wait">{image.error ? describeError(image.error).message : ''}</div>
      )}
      <figcaption>
        {taken}
        {props.caption && <span className="muted"> {props.caption}</span>}
      </figcaption>
    </figure>
  );
}
