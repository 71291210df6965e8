import Appeals
import CanonicalJSON
import Foundation
import Testing

@Suite("The thirty samples")
struct SampleDeadlineTests {
    static let samples: [JSON] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../deploy/data/sample-appeals.json")
        do {
            let json = try JSON(parsing: Array(Data(contentsOf: file)), limits: .general)
            return json["appeals"]?.array ?? []
        } catch {
            preconditionFailure("the samples are not read: \(error)")
        }
    }()

    @Test("are thirty")
    func count() {
        #expect(Self.samples.count == 30)
    }

    @Test("have the day of registration and due dates we compute", arguments: samples.indices)
    func dates(place: Int) throws {
        let sample = Self.samples[place]
        let channel = try #require(sample["channel"]?.string.flatMap(Channel.init(rawValue:)))
        let receivedAt = try #require(sample["receivedAt"]?.string.flatMap { KyivTime.parse(rfc3339: $0) })
        let receipt = try Receipt(receivedAt: receivedAt, channel: channel, calendar: .initial)
        #expect(receipt.registered.description == sample["registeredOn"]?.string)
        #expect(KyivTime.rfc3339(receivedAt) == sample["receivedAt"]?.string)
        let basis: DeadlineBasis
        switch sample["deadlineBasis"]?.string {
        case "fifteenDays": basis = .fifteenDays
        case "oneMonth": basis = .month
        case "fiveDays": basis = .shortened(days: 5)
        default:
            #expect(sample["statutoryDueOn"]?.isNull == true)
            return
        }
        let due = try Deadlines.derive(receivedAt: receivedAt, basis: basis, channel: channel, calendar: .initial).due
        #expect(due.statutory.description == sample["statutoryDueOn"]?.string)
        #expect(due.control.description == sample["controlDueOn"]?.string)
        if basis == .shortened(days: 5) {
            // s22 gives the five days themselves as its last lawful day; the cap of 45 days is another date.
            #expect(due.registered.adding(days: 5)?.description == sample["latestLawfulOn"]?.string)
            #expect(due.forwardBy == due.statutory)
        } else {
            #expect(due.cap.description == sample["latestLawfulOn"]?.string)
        }
    }

    @Test("have indices and classifier labels we know", arguments: samples.indices)
    func labels(place: Int) throws {
        let sample = Self.samples[place]
        let index = try #require(sample["registrationIndex"]?.string)
        let read = try #require(RegistrationIndex(index))
        #expect(read.description == index)
        if case .letter = read.series.mark, let surname = sample["applicant"]?["lastName"]?.string {
            #expect(IndexSeries.Mark.surname(surname) == read.series.mark)
        }
        let heading = try #require(sample["headingCode"]?.string.flatMap(Classifier.initial.heading))
        #expect(heading.label.uk == sample["headingLabelUk"]?.string)
        let kind = try #require(sample["kind"]?.string.flatMap(AppealKind.init(rawValue:)))
        #expect(kind.classifierCode == sample["kindCode"]?.string)
        #expect(kind.label.uk == sample["kindLabelUk"]?.string)
        let sign = try #require(sample["receiptSign"]?.string.flatMap(ReceiptSign.init(rawValue:)))
        #expect(sign.classifierCode == sample["receiptSignCode"]?.string)
        #expect(sign.label.uk == sample["receiptSignLabelUk"]?.string)
        let subject = try #require(sample["subjectType"]?.string.flatMap(SubjectType.init(rawValue:)))
        #expect(subject.classifierCode == sample["subjectTypeCode"]?.string)
        let channel = try #require(sample["channel"]?.string.flatMap(Channel.init(rawValue:)))
        #expect(channel.label.uk == sample["channelLabelUk"]?.string)
    }
}
