/// What a node is in its city.
package enum NodeRole: String, Sendable, CaseIterable { case office, department }
