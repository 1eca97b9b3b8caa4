import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { SearchQuestion } from '../../../shared/contract/areas/search.ts';
import { useClient } from '../../app/connection.ts';

const pageSize = 50;
/** While the index is built, results come in by and by. */
const askAgain = 1500;

const isAsked = ({ text }: SearchQuestion) => text.trim().length > 0;

/** The results of a question, page after page. A newer question cancels the one before. */
export function useSearch(asked: SearchQuestion) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: ['search', asked],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      client.search.find({ ...asked, offset: pageParam, limit: pageSize }, { signal }),
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: isAsked(asked),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.pages.at(-1)?.index.ready === false ? askAgain : false),
  });
}

/** How many there are, by kind, source, grade and year. Comes after the first results. */
export function useFacets(asked: SearchQuestion) {
  const client = useClient();
  return useQuery({
    queryKey: ['search-facets', asked],
    queryFn: ({ signal }) => client.search.facets(asked, { signal }),
    enabled: isAsked(asked),
    placeholderData: keepPreviousData,
  });
}
