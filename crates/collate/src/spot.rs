//! Where something happened, for comparing two accounts of it.

use model::{Place, PlaceClass, PlaceUse};

/// A place of the gazetteer, as far as a comparison needs it.
#[derive(Clone, PartialEq, Debug)]
pub struct Spot {
    /// The name the case has for it.
    pub name: String,
    /// ISO 3166-1 code of its country; empty for a part of the world.
    pub country: String,
    /// Whether it is more than a town: a district, a region, a country.
    pub wide: bool,
    /// Degrees north.
    pub latitude: f32,
    /// Degrees east.
    pub longitude: f32,
}

impl Spot {
    /// A place under the name a case has for it; `None` where the words mean those who govern there, or people.
    pub fn of(place: &Place, usage: PlaceUse, name: &str) -> Option<Spot> {
        (usage == PlaceUse::Literal).then(|| Spot {
            name: name.to_owned(),
            country: place.country.clone(),
            wide: !matches!(place.class, PlaceClass::City | PlaceClass::Site),
            latitude: place.latitude,
            longitude: place.longitude,
        })
    }

    /// Of the places of one phrase the towns, else what is wider; each once, by name.
    pub fn narrowest(mut spots: Vec<Spot>) -> Vec<Spot> {
        if spots.iter().any(|spot| !spot.wide) {
            spots.retain(|spot| !spot.wide);
        }
        spots.sort_by(|a, b| a.name.cmp(&b.name));
        spots.dedup_by(|a, b| a.name == b.name);
        spots
    }
}

/// Kilometres within which two points may be one place: a building, a suburb and their town.
const NEAR: f32 = 25.0;

/// Kilometres of one degree of latitude.
const DEGREE: f32 = 111.2;

impl Spot {
    /// Whether both could be one place. A region may hold any town of its country: its outline is not known here.
    pub fn agrees(&self, other: &Spot) -> bool {
        // A part of the world may hold anything; a point that an analyst gave lies where it lies.
        let open = |spot: &Spot| spot.country.is_empty() && spot.wide;
        if self.name == other.name || open(self) || open(other) {
            return true;
        }
        if self.country == other.country && (self.wide || other.wide) {
            return true;
        }
        let north = (self.latitude - other.latitude) * DEGREE;
        let middle = (self.latitude + other.latitude) / 2.0;
        let east = (self.longitude - other.longitude) * DEGREE * middle.to_radians().cos();
        north.hypot(east) <= NEAR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(name: &str, country: &str, wide: bool, latitude: f32, longitude: f32) -> Spot {
        Spot { name: name.into(), country: country.into(), wide, latitude, longitude }
    }

    #[test]
    fn towns_part_and_regions_hold_them() {
        let (bergen, oslo) =
            (spot("Bergen", "NO", false, 60.39, 5.32), spot("Oslo", "NO", false, 59.91, 10.75));
        assert!(!bergen.agrees(&oslo));
        assert!(bergen.agrees(&spot("Norway", "NO", true, 64.0, 12.0)));
        assert!(!bergen.agrees(&spot("Sweden", "SE", true, 62.0, 15.0)));
        assert!(oslo.agrees(&spot("Sandvika", "NO", false, 59.89, 10.53)));
        assert!(oslo.agrees(&spot("Europe", "", true, 50.0, 10.0)));
    }
}
