import { peopleCopy } from '../../../copy/people.ts';

/** What a change of the data key leaves: backups that the earlier key opens. */
export function OlderBackups({ files }: { files: readonly string[] }) {
  const copy = peopleCopy.olderBackups;
  if (files.length === 0) return <p className="people-words">{copy.none}</p>;
  return (
    <>
      <p className="people-words">
        <strong>{copy.title(files.length)}.</strong> {copy.words}
      </p>
      <ul className="people-files">
        {files.map((file) => (
          <li key={file}>{file}</li>
        ))}
      </ul>
    </>
  );
}
