import Encoding
import Kernel
import Quantities

/// M2, consumer demand flexibility profiling: what buildings are expected to take, and by how much they can change it.
public struct ConsumerFlexibility: Module, MemberObject {
  /// M2.
  public static let id = ModuleID.consumerFlexibility

  /// Everything that can happen in it.
  public static let events: [any ModuleEvent<ConsumerFlexibility>.Type] = [
    BuildingForecast.self, FlexibilityOffered.self,
  ]

  /// The members.
  public static let members = Members(
    Self.init(forecasts:offers:), Member("forecasts", \.forecasts), Member("offers", \.offers))

  var forecasts: Table<BuildingForecast>
  var offers: Table<FlexibilityOffered>

  /// Before anything is known.
  public init() { self.init(forecasts: Table(), offers: Table()) }

  private init(forecasts: Table<BuildingForecast>, offers: Table<FlexibilityOffered>) {
    (self.forecasts, self.offers) = (forecasts, offers)
  }

  /// What `building` is expected to take.
  public func forecast(of building: BuildingID) -> BuildingForecast? { forecasts[building] }

  /// By how much `building` can change it.
  public func flexibility(of building: BuildingID) -> FlexibilityOffered? { offers[building] }
}
