/// Sizes of pages and chunks: as `ReplicationLimits` says in every node.
///
/// Only a simulator takes smaller ones, so that few rows are enough for a second page, a second chunk, a narrower range.
public struct Sizes: Sendable, Equatable {
    package var pageRecords = ReplicationLimits.pageRecords
    package var pageBytes = ReplicationLimits.pageBytes
    package var reprojected = ReplicationLimits.reprojected
    package var entriesRead = ReplicationLimits.entriesRead
    package var helloErasures = ReplicationLimits.helloErasures
    package var probeWays = ReplicationLimits.probeWays
    package var probeLeaf = ReplicationLimits.probeLeaf
    package var probeRanges = ReplicationLimits.probeRanges
    package var unsealedRows = ReplicationLimits.unsealedRows
    package var waitingWork = ReplicationLimits.waitingWork
    package var chunk = ReplicationLimits.chunk

    /// The product's sizes.
    package init() {}
}
