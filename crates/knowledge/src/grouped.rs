//! Values by the number of what they belong to, in one piece of memory.

/// Any number of values for each of the numbers from 0 on, in the order they were added.
#[derive(Clone, Debug)]
pub(crate) struct Grouped<V> {
    starts: Vec<u32>,
    values: Vec<V>,
}

impl<V> Default for Grouped<V> {
    fn default() -> Self {
        Self { starts: vec![0], values: Vec::new() }
    }
}

impl<V: Copy> Grouped<V> {
    /// Puts what was found for each of `groups` numbers together.
    pub(crate) fn new(groups: usize, found: &[(u32, V)]) -> Self {
        let mut starts = vec![0; groups + 1];
        for &(group, _) in found {
            starts[group as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut values: Vec<V> = found.iter().map(|&(_, value)| value).collect();
        for &(group, value) in found {
            values[next[group as usize] as usize] = value;
            next[group as usize] += 1;
        }
        Self { starts, values }
    }
}

impl<V: Copy + PartialEq> Grouped<V> {
    /// Keeps one of values that stand twice in a row.
    pub(crate) fn dedup(&mut self) {
        let mut kept = 0;
        for group in 0..self.starts.len() - 1 {
            let found = self.starts[group] as usize..self.starts[group + 1] as usize;
            let start = kept;
            for i in found {
                if kept == start || self.values[kept - 1] != self.values[i] {
                    self.values[kept] = self.values[i];
                    kept += 1;
                }
            }
            self.starts[group] = start as u32;
        }
        let groups = self.starts.len() - 1;
        self.starts[groups] = kept as u32;
        self.values.truncate(kept);
    }
}

impl<V> Grouped<V> {
    /// Returns the values of a group; none if there is no such group.
    pub(crate) fn get(&self, group: u32) -> &[V] {
        match self.starts.get(group as usize..group as usize + 2) {
            Some(&[start, end]) => &self.values[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Counts the groups.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::Grouped;

    #[test]
    fn groups_keep_the_order_of_what_was_found() {
        let mut groups = Grouped::new(4, &[(2, 'b'), (0, 'x'), (2, 'a'), (2, 'a'), (0, 'x')]);
        assert_eq!(groups.get(2), ['b', 'a', 'a']);
        assert!(groups.get(1).is_empty() && groups.get(3).is_empty() && groups.get(4).is_empty());
        groups.dedup();
        assert_eq!((groups.get(0), groups.get(2), groups.len()), (&['x'][..], &['b', 'a'][..], 4));
    }
}
