import Community
import Encoding
import Kernel
import Node
import Quantities
import Transactive

/// The state after the last block, for a household's page or a module.
struct StatePages {
  let node: Node

  func status() -> Answer {
    let statistics = node.statistics
    return .json { status in
      status.field("height", statistics.height)
      status.field("size", statistics.size)
      status.field("root", statistics.root.base64)
      status.field("time", statistics.time.description)
    }
  }

  /// The digests of the parts of the newest stored state, or of that after block `height` while it is kept.
  func digests(after height: Int?) throws(WebFault) -> Answer {
    let digests: StateDigests?
    do {
      digests = try StateDigests(node.store, height: height)
    } catch {
      throw WebFault(error)
    }
    guard let digests else { throw WebFault(404, "state_unknown", "no state after that block is kept") }
    return .json { digests.write(to: &$0) }
  }

  func lems() async -> Answer {
    let transactive = await node.community().transactive
    return .json { answer in
      answer.field("lems", each: transactive.lemIDs) { writer, id in
        writer.object { lem in
          let market = transactive.lem(id)!
          lem.field("lem", id)
          lem.field("currency", market.terms.currency.code)
          lem.field("zone", market.terms.zone.description)
          lem.field("members", market.members.count)
        }
      }
    }
  }

  /// What `party` holds in `lem`: money in n-units, energy and tokens in Wh.
  func account(_ lem: LEMID, _ party: PartyID) async throws(WebFault) -> Answer {
    let transactive = await node.community().transactive
    let market = try market(lem, transactive)
    guard let balance = transactive.balance(of: .party(party), in: lem) else {
      throw WebFault(404, "prosumer_unknown", "Prosumer account does not exist: \(party)")
    }
    return .json { account in
      account.field("lem", lem)
      account.field("party", party)
      account.field("currency", market.terms.currency.code)
      account.field("money", balance.money)
      account.field("energy_wh", balance.energy)
      account.field("tokens_wh", balance.tokens)
    }
  }

  /// The movements that `query` asks for, each with the entry that proves it.
  func movements(_ query: HistoryQuery, _ histories: HistoryReader) async throws(WebFault) -> Answer {
    do {
      return Answer(.json, .never, try await histories.read(query, node.store) + [0x0A])
    } catch {
      throw WebFault(error)
    }
  }

  /// Tariffs, forecast and clearing prices of the slots of `date`, in µ-units/kWh.
  func day(_ lem: LEMID, _ date: CivilDate) async throws(WebFault) -> Answer {
    let market = try market(lem, await node.community().transactive)
    let day: MarketDay
    do {
      day = try MarketDay(date, in: market.terms.zone)
    } catch {
      throw WebFault(error)
    }
    return .json { answer in
      answer.field("lem", lem)
      answer.field("date", date.description)
      answer.field("currency", market.terms.currency.code)
      answer.field("slots", each: day.slots) { writer, slot in
        writer.object { fields in
          fields.field("slot", slot)
          fields.field("start", slot.start.description)
          if let state = market.standing(slot) { state.write(to: &fields) }
        }
      }
    }
  }

  private func market(_ lem: LEMID, _ transactive: Transactive) throws(WebFault) -> LocalMarket {
    guard let market = transactive.lem(lem) else { throw WebFault(404, "lem_unknown", "there is no LEM \(lem)") }
    return market
  }
}

extension SlotStanding {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("phase", phase)
    writer.field("feedIn", tariff.feedIn)
    writer.field("retail", tariff.retail)
    if let forecast { writer.field("forecast", forecast) }
    if let price { writer.field("price", price) }
  }
}
