/// What a node is in its city.
public enum NodeRole: String, Sendable, CaseIterable { case office, department }
