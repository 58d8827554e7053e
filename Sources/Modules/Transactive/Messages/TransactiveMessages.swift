import Encoding
import Kernel
import Quantities

/// What the platform is told of transactive energy (D7.1 Table 26 and the catalogue's gaps 16 to 23).
extension Transactive {
  /// The messages for `fact`.
  public func messages(for fact: TransactiveEvent, in context: Context) -> [Message] {
    switch fact {
    case .accountOpened(let event):
      [notification("account_created", event.lem, context) { $0.field("prosumer", event.party) }]
    case .accountClosed(let event):
      [notification("account_inactivated", event.lem, context) { $0.field("prosumer", event.party) }]
    case .priceForecast(let event): forecast(event, context)
    case .marketCleared(let event): [cleared(event, context)]
    case .slotSettled(let event): [settled(event, context)]
    case .tokenRewarded(let event): [rewarded(event, context)]
    case .lemOpened, .tariffPublished, .orderPlaced, .orderCancelled, .gateClosed, .readingRecorded: []
    }
  }

  private func notification(
    _ subject: String, _ lem: LEMID, _ context: Context, _ body: (inout JSONWriter) -> Void
  ) -> Message {
    Message("M9.notif.\(subject)") { payload in
      payload.field("timestamp", context.time.description)
      payload.field("lem_ID", lem)
      body(&payload)
    }
  }

  /// On the deliverable's subject, which has four tokens, and on the canonical one.
  private func forecast(_ event: PriceForecast, _ context: Context) -> [Message] {
    let market = lems[event.lem]!
    let message = notification("forecast_lem_price", event.lem, context) { payload in
      payload.field("currency", market.terms.currency.code)
      payload.periods("price_kwh", event.slots, event.prices)
      payload.periods("dso_price", event.slots, event.slots.map { market.tariff($0)?.retail })
      payload.periods("dso_feed_in", event.slots, event.slots.map { market.tariff($0)?.feedIn })
    }
    return [message, Message("M9.notif.forecast.lem_price", copying: message)]
  }

  private func cleared(_ event: MarketCleared, _ context: Context) -> Message {
    notification("market_cleared", event.lem, context) { payload in
      payload.field("currency", lems[event.lem]!.terms.currency.code)
      payload.periods("price_kwh", event.slots, event.prices)
      payload.field("volume_wh", event.volumes)
      payload.field("price_hash", event.priceHash)
    }
  }

  private func settled(_ event: SlotSettled, _ context: Context) -> Message {
    notification("slot_settled", event.lem, context) { payload in
      payload.field("start", event.slots.first.start.description)
      payload.field("end", event.slots.last.end.description)
      payload.field("local_wh", event.local)
      payload.field("imported_wh", event.imported)
      payload.field("exported_wh", event.exported)
    }
  }

  private func rewarded(_ event: TokenRewarded, _ context: Context) -> Message {
    notification("token_rewarded", event.lem, context) { payload in
      payload.field("rewards", each: event.rewards) { writer, reward in
        writer.object { fields in
          fields.field("prosumer", reward.party)
          fields.field("energy_wh", reward.energy)
        }
      }
    }
  }
}

extension JSONWriter {
  /// Writes an array of `{"start","end","value"}`, values in currency per kWh; `null` where a slot has none.
  fileprivate mutating func periods(_ name: String, _ slots: SlotRange, _ prices: [Price?]) {
    field(name, each: zip(slots, prices)) { writer, period in
      writer.object { fields in
        fields.field("start", period.0.start.description)
        fields.field("end", period.0.end.description)
        fields.name("value")
        // An exact decimal: JSON's number has no binary in it.
        if let price = period.1 { fields.raw(Decimals.format(price.units, decimals: 6).utf8) } else { fields.null() }
      }
    }
  }
}
