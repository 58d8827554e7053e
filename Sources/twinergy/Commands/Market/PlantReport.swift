import Encoding
import Planning
import Quantities

/// What a plant offers at one confidence.
struct PlantOffer {
  /// The confidence as it was asked for.
  let confidence: String
  let energy: Energy
  let supply: SupplyFunction
}

/// What is known of a plant.
struct PlantReport {
  let plant: Portfolio
  let yield: any YieldDistribution
  let offers: [PlantOffer]
  let dispatch: (Award, Dispatch)?

  /// Writes the members of the report.
  func write(to output: inout JSONWriter) {
    output.field("contracts", plant.contracts.count)
    output.field("mean", Int(yield.mean.rounded()))
    output.field("deviation", Int(yield.deviation.rounded()))
    output.field("offers", each: offers) { output, offer in
      output.object { output in
        output.field("confidence", offer.confidence)
        output.field("energy", offer.energy.units)
        output.field("power", 4 * offer.energy.units)
        output.field("supply", each: offer.supply.steps) { output, step in
          output.object { output in
            output.field("price", step.price.units)
            output.field("energy", step.energy.units)
            output.amount("expectedCost", step.roundedCost)
            output.field("contracts", each: step.contracts) { $0.string(plant.contracts[$1].id) }
          }
        }
      }
    }
    output.field("dispatch") { output in
      guard let (award, dispatch) = dispatch else { return output.null() }
      output.object { output in
        output.field("calls", each: dispatch.calls) { output, call in
          output.object { output in
            output.field("id", plant.contracts[call.contract].id)
            output.field("from", call.slots.lowerBound)
            output.field("slots", call.slots.count)
          }
        }
        output.field("reached", dispatch.reached.map(\.units))
        output.field("complete") { $0.boolean(dispatch.isComplete(award)) }
      }
    }
  }

  /// The report as a person reads it.
  var lines: [String] {
    var lines = [
      "\(plant.contracts.count) contracts free \(Energy(units: Int(yield.mean.rounded()))) a slot, standard deviation "
        + "\(Energy(units: Int(yield.deviation.rounded())))", "",
    ]
    for offer in offers {
      lines.append(
        Paint.bold.on(
          "at confidence \(offer.confidence): \(offer.energy) a slot, \(Power(units: 4 * offer.energy.units))"))
      guard !offer.supply.steps.isEmpty else {
        lines += ["nothing is worth offering at any price", ""]
        continue
      }
      var table = TextTable()
      table.add("from price", "energy a slot", "power", "contracts")
      for step in offer.supply.steps {
        table.add(
          "\(step.price)", "\(step.energy)", "\(Power(units: 4 * step.energy.units))", "\(step.contracts.count)")
      }
      let most = max(offer.supply.steps.last!.energy.units, 1)
      let bars = [""] + offer.supply.steps.map { String(repeating: "█", count: max(1, $0.energy.units * 24 / most)) }
      lines += zip(table.lines, bars).map { $0 + "  " + Paint.blue.on($1) } + [""]
    }
    guard let (_, dispatch) = dispatch else { return lines }
    var table = TextTable()
    table.add("call", "from slot", "slots")
    for call in dispatch.calls {
      table.add(plant.contracts[call.contract].id, "\(call.slots.lowerBound)", "\(call.slots.count)")
    }
    return lines + table.lines + [""]
  }
}
